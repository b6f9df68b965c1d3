import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { servePage } from '../../src/main/window/page-protocol.ts';
import { createStandIn } from '../support/electron/stand-in.ts';

// The desktop shell against a stand-in for the `electron` module: what it asks for, refuses and restarts.

const userData = mkdtempSync(path.join(tmpdir(), 'groundplan-desktop-'));

async function startShell(options: { firstInstance?: boolean; backend?: string } = {}) {
  vi.resetModules();
  const desktop = createStandIn({
    firstInstance: options.firstInstance ?? true,
    backend: options.backend ?? 'gnome_libsecret',
    userData,
  });
  vi.doMock('electron', () => desktop.electron);
  await import('../../src/main/index.ts');
  await vi.waitFor(() => expect(options.firstInstance === false || desktop.windows.length === 1).toBe(true));
  return desktop;
}

afterEach(() => {
  vi.doUnmock('electron');
  rmSync(path.join(userData, 'secrets.json'), { force: true });
});

test('the page has no Node, its own context and a sandbox, and comes from our own scheme', async () => {
  const { windows } = await startShell();
  expect(windows[0]?.options.webPreferences).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webviewTag: false,
    webSecurity: true,
  });
  expect(windows[0]?.url).toBe('groundplan://app/index.html');
});

test('a second instance ends at once; the first one comes to the front', async () => {
  const second = await startShell({ firstInstance: false });
  expect(second.app.quits).toBe(1);
  expect(second.windows).toHaveLength(0);

  const first = await startShell();
  first.app.emit('second-instance');
  expect(first.windows[0]?.focused).toBe(1);
});

test('permissions, foreign navigation, webviews and windows are denied; https links open in the browser', async () => {
  const { permissions, windows, opened } = await startShell();
  const decisions: boolean[] = [];
  permissions.request?.(null, 'media', (allowed) => decisions.push(allowed));
  expect(decisions).toEqual([false]);
  expect(permissions.check?.(null, 'geolocation')).toBe(false);

  const contents = windows[0]?.webContents;
  const navigate = (url: string) => {
    let prevented = false;
    contents?.emit('will-navigate', { url, preventDefault: () => (prevented = true) });
    return prevented;
  };
  expect(navigate('https://example.com/')).toBe(true);
  expect(navigate('groundplan://application/index.html')).toBe(true);
  expect(navigate('groundplan://app/index.html')).toBe(false);
  let attached = true;
  contents?.emit('will-attach-webview', { preventDefault: () => (attached = false) });
  expect(attached).toBe(false);
  expect(contents?.openHandler?.({ url: 'file:///etc/passwd' })).toEqual({ action: 'deny' });
  expect(contents?.openHandler?.({ url: 'javascript:alert(1)' })).toEqual({ action: 'deny' });
  expect(contents?.openHandler?.({ url: 'https://opentofu.org/' })).toEqual({ action: 'deny' });
  expect(opened).toEqual(['https://opentofu.org/']);
});

test('only the top frame of our own page is given a port to the engine', async () => {
  const { electron, windows, engines } = await startShell();
  const sender = windows[0]?.webContents;
  const ask = (frame: { url: string; parent: unknown } | null, from = sender) =>
    electron.ipcMain.emit('groundplan:connect', { senderFrame: frame, sender: from });
  ask({ url: 'https://example.com/', parent: null });
  ask({ url: 'groundplan://app/index.html', parent: {} });
  ask(null);
  expect(sender?.posted).toEqual([]);

  ask({ url: 'groundplan://app/index.html#/estate', parent: null });
  expect(sender?.posted).toMatchObject([{ channel: 'groundplan:port' }]);
  expect(engines[0]?.received.map(({ message }) => message.type)).toEqual(['start', 'connect']);
});

test('the dialog of the system is for our own page, and the page is told what was chosen', async () => {
  const { asked, choices, electron, windows } = await startShell();
  const sender = windows[0]?.webContents;
  const ours = { url: 'groundplan://app/index.html#/artifacts', parent: null };
  const ask = (frame: { url: string; parent: unknown } | null, what: unknown) =>
    electron.ipcMain.emit('groundplan:choose-code', { senderFrame: frame, sender }, what);
  ask({ url: 'https://example.com/', parent: null }, 'folders');
  ask({ url: ours.url, parent: {} }, 'folders');
  ask(null, 'folders');
  ask(ours, 'anything');
  ask(ours, 'toString');
  expect(asked).toEqual([]);

  choices.push(['/code/a', '/code/b'], null, ['/code/report.py']);
  for (const what of ['folders', 'files', 'files']) ask(ours, what);
  await vi.waitFor(() =>
    expect(sender?.sent).toEqual([
      { channel: 'groundplan:code', value: ['/code/a', '/code/b'] },
      { channel: 'groundplan:code', value: ['/code/report.py'] },
    ]),
  );
  expect(asked).toMatchObject([
    { properties: ['openDirectory', 'multiSelections'] },
    { properties: ['openFile', 'multiSelections'] },
    { properties: ['openFile', 'multiSelections'] },
  ]);
});

test('an engine that dies is started again and the open page gets a new port', async () => {
  const { electron, windows, engines } = await startShell();
  const ready = { type: 'ready', url: '', port: 1, usedOtherPort: false } as const;
  engines[0]?.say(ready);
  electron.ipcMain.emit('groundplan:connect', {
    senderFrame: { url: 'groundplan://app/index.html', parent: null },
    sender: windows[0]?.webContents,
  });
  engines[0]?.emit('exit', 134);
  expect(engines).toHaveLength(2);
  engines[1]?.say(ready);
  expect(windows[0]?.webContents.posted).toHaveLength(2);
});

test('the page scheme serves the page with its policy and nothing outside of it', async () => {
  const folder = path.join(userData, 'page');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'index.html'), '<p>page</p>');
  let ask: (request: Request) => Response | Promise<Response> = () => Promise.reject(new Error('Nothing is served.'));
  servePage({ handle: (_scheme, handler) => void (ask = handler as typeof ask) }, folder);
  const status = async (url: string) => (await ask(new Request(url))).status;
  expect(await status('groundplan://app/..%2F..%2Fsecrets.json')).toBe(404);
  expect(await status('groundplan://elsewhere/index.html')).toBe(404);
  const page = await ask(new Request('groundplan://app/'));
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
  expect(await page.text()).toBe('<p>page</p>');
});

test('secrets go through the OS keychain, sealed on disk; without a real store they are refused', async () => {
  const strong = await startShell();
  const engine = strong.engines[0];
  engine?.say({ type: 'secret-put', request: '1', name: 'eu/db-password', value: 'correct horse' });
  await vi.waitFor(() =>
    expect(engine?.received.at(-1)?.message).toMatchObject({ type: 'secret', request: '1', error: null }),
  );
  engine?.say({ type: 'secret-get', request: '2', name: 'eu/db-password' });
  await vi.waitFor(() =>
    expect(engine?.received.at(-1)?.message).toMatchObject({ request: '2', value: 'correct horse' }),
  );
  expect(readFileSync(path.join(userData, 'secrets.json'), 'utf8')).not.toContain('correct horse');
});

test.runIf(process.platform === 'linux')('without a keyring of the system secrets are refused', async () => {
  const { engines } = await startShell({ backend: 'basic_text' });
  engines[0]?.say({ type: 'secret-put', request: '3', name: 'x', value: 'y' });
  await vi.waitFor(() =>
    expect(engines[0]?.received.at(-1)?.message).toMatchObject({
      request: '3',
      error: 'This system has no keyring that Groundplan could keep secrets in.',
    }),
  );
});

test('quitting stops the engine first', async () => {
  const { app, engines } = await startShell();
  let prevented = 0;
  app.emit('before-quit', { preventDefault: () => (prevented += 1) });
  expect(prevented).toBe(1);
  await vi.waitFor(() => expect(app.quits).toBe(1));
  expect(engines[0]?.received.at(-1)?.message).toEqual({ type: 'stop' });
  app.emit('before-quit', { preventDefault: () => (prevented += 1) });
  expect(prevented).toBe(1);
});
