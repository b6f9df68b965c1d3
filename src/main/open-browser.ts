import { spawn } from 'node:child_process';

/** Opens the user's browser where there is a display; the printed link serves everywhere else. */
export function openBrowser(url: string): void {
  const command = browserCommand();
  if (command === null) return;
  const child = spawn(command.file, [...command.args, url], { stdio: 'ignore', detached: true });
  // Without a browser the printed link is all there is; that is not a failure of Groundplan.
  child.on('error', () => undefined);
  child.unref();
}

function browserCommand(): { file: string; args: string[] } | null {
  if (process.platform === 'darwin') return { file: 'open', args: [] };
  if (process.platform === 'win32') return { file: 'explorer.exe', args: [] };
  const hasDisplay = process.env['DISPLAY'] !== undefined || process.env['WAYLAND_DISPLAY'] !== undefined;
  return hasDisplay && process.env['CI'] === undefined ? { file: 'xdg-open', args: [] } : null;
}
