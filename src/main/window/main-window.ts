import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import { pageOrigin } from './page-protocol.ts';

/** What the window is made with. The page has no Node, its own context, and a sandbox. */
export function windowOptions(preload: string, dark: boolean): BrowserWindowConstructorOptions {
  return {
    width: 1440,
    height: 900,
    minWidth: 720,
    minHeight: 480,
    show: false,
    title: 'Groundplan',
    // The page's own background, so that opening does not flash.
    backgroundColor: dark ? '#1a1b1e' : '#ffffff',
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      spellcheck: false,
    },
  };
}

/** Shows the page once it has something to show. */
export function openPage(window: BrowserWindow, screen: string | null): void {
  window.once('ready-to-show', () => window.show());
  void window.loadURL(`${pageOrigin}/index.html${screen === null ? '' : `#/${screen}`}`);
}
