import { ipcRenderer, webUtils } from 'electron';

// The only bridge: the page says that it listens, and gets one port to the engine; it may ask for the system's dialog,
// and is told the paths of what a person chose there or dropped on it. No function of Electron or Node is exposed.
window.addEventListener('message', (event: MessageEvent<unknown>) => {
  if (event.source !== window) return;
  if (event.data === 'groundplan:ready') ipcRenderer.send('groundplan:connect');
  if (event.data === 'groundplan:choose-folders') ipcRenderer.send('groundplan:choose-code', 'folders');
  if (event.data === 'groundplan:choose-files') ipcRenderer.send('groundplan:choose-code', 'files');
});

function tellPaths(paths: readonly unknown[]): void {
  window.postMessage({ type: 'groundplan:code', paths }, window.location.origin);
}

ipcRenderer.on('groundplan:code', (_event, paths: unknown) => {
  if (Array.isArray(paths)) tellPaths(paths);
});

window.addEventListener(
  'drop',
  (event) => {
    // Only what a person drops: a script cannot make up files that have a path.
    const files = event.isTrusted ? [...(event.dataTransfer?.files ?? [])] : [];
    const paths = files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== '');
    if (paths.length > 0) tellPaths(paths);
  },
  { capture: true },
);

ipcRenderer.on('groundplan:port', (event) => {
  window.postMessage('groundplan:port', window.location.origin, event.ports);
});

ipcRenderer.on('groundplan:go', (_event, screen: unknown) => {
  if (typeof screen === 'string' && /^[a-z]+$/.test(screen)) window.location.hash = `#/${screen}`;
});
