import { access } from 'node:fs/promises';
import { launchAgent } from './launchd.ts';
import { systemdTimer } from './systemd.ts';
import { scheduledTask } from './task-scheduler.ts';
import { timerPlatforms, type Timer, type TimerHost, type TimerOrder, type TimerPlatform } from './timer.ts';

/** The system's own timer for a schedule. */
export function timerFor(order: TimerOrder, host: TimerHost): Timer {
  switch (host.platform) {
    case 'linux':
      return systemdTimer(order, host);
    case 'darwin':
      return launchAgent(order, host);
    case 'win32':
      return scheduledTask(order, host);
  }
}

/** The platform by the name that Node gives it; null for one whose timers Groundplan cannot write. */
export function timerPlatformOf(name: string): TimerPlatform | null {
  return timerPlatforms.find((platform) => platform === name) ?? null;
}

/** The file in which a connection's timer was written; null when there is none. */
export async function installedTimer(
  { workspace, connection }: { readonly workspace: string; readonly connection: string },
  host: TimerHost,
): Promise<string | null> {
  const { files } = timerFor({ schedule: { connection, every: '1d' }, workspace, program: [''] }, host);
  for (const { path } of files) {
    const isThere = await access(path).then(
      () => true,
      () => false,
    );
    if (!isThere) return null;
  }
  return files.at(-1)?.path ?? null;
}
