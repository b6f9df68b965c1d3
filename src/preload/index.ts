import { ipcRenderer } from 'electron';

// The only bridge: the page says that it listens, and gets one port to the engine. No function of Electron or Node is
// exposed to it.
window.addEventListener('message', (event) => {
  if (event.source === window && event.data === 'groundplan:ready') ipcRenderer.send('groundplan:connect');
});

ipcRenderer.on('groundplan:port', (event) => {
  window.postMessage('groundplan:port', window.location.origin, event.ports);
});

ipcRenderer.on('groundplan:go', (_event, screen: unknown) => {
  if (typeof screen === 'string' && /^[a-z]+$/.test(screen)) window.location.hash = `#/${screen}`;
});
