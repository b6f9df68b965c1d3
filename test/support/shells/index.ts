export { openBrowserShell } from './browser-shell.ts';
export { desktopHere, openDesktopShell } from './desktop-shell.ts';
export type { OpenShell, Shell, ShellOptions } from './shell.ts';
