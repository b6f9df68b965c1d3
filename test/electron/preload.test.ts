import { EventEmitter } from 'node:events';
import { afterEach, expect, test, vi } from 'vitest';

// The bridge against stand-ins for `electron` and for the window it lives in.

async function loadPreload() {
  vi.resetModules();
  const sent: unknown[][] = [];
  const posted: unknown[] = [];
  const page = new EventEmitter();
  const ipcRenderer = Object.assign(new EventEmitter(), { send: (...message: unknown[]) => sent.push(message) });
  const webUtils = { getPathForFile: ({ place }: { place: string }) => place };
  const window = {
    location: { origin: 'groundplan://app', hash: '' },
    addEventListener: (name: string, take: (event: unknown) => void) => page.on(name, take),
    postMessage: (message: unknown) => posted.push(message),
  };
  vi.doMock('electron', () => ({ ipcRenderer, webUtils }));
  vi.stubGlobal('window', window);
  await import('../../src/preload/index.ts');
  return { ipcRenderer, page, posted, sent, window };
}

afterEach(() => {
  vi.doUnmock('electron');
  vi.unstubAllGlobals();
});

test('what the page may ask for is passed on, and nothing else', async () => {
  const { page, sent, window } = await loadPreload();
  const say = (data: unknown, source: unknown = window) => page.emit('message', { source, data });
  for (const data of ['groundplan:ready', 'groundplan:choose-folders', 'groundplan:choose-files']) say(data);
  say('groundplan:choose-folders', {});
  say('groundplan:choose-secrets');
  say({ type: 'groundplan:choose-files' });
  expect(sent).toEqual([
    ['groundplan:connect'],
    ['groundplan:choose-code', 'folders'],
    ['groundplan:choose-code', 'files'],
  ]);
});

test('the page is told the paths of what was chosen or dropped by a person', async () => {
  const { ipcRenderer, page, posted } = await loadPreload();
  ipcRenderer.emit('groundplan:code', {}, ['/code/a']);
  ipcRenderer.emit('groundplan:code', {}, 'no list');
  const files = [{ place: '/code/b' }, { place: '' }, { place: '/code/c.tgz' }];
  page.emit('drop', { isTrusted: true, dataTransfer: { files } });
  page.emit('drop', { isTrusted: false, dataTransfer: { files } });
  page.emit('drop', { isTrusted: true, dataTransfer: { files: [{ place: '' }] } });
  page.emit('drop', { isTrusted: true, dataTransfer: null });
  expect(posted).toEqual([
    { type: 'groundplan:code', paths: ['/code/a'] },
    { type: 'groundplan:code', paths: ['/code/b', '/code/c.tgz'] },
  ]);
});
