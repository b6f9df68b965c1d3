import path from 'node:path';
import { jitterOf } from '../next-run.ts';
import { dayGrid, timeText } from './day-grid.ts';
import { argumentsOf, timerName, type Timer, type TimerHost, type TimerOrder } from './timer.ts';

/** A word of `ExecStart` (systemd.service(5)): quoted, with C escapes, and `%` not as a specifier. */
function quoted(word: string): string {
  const escaped = word
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    // A line end of any kind would begin another setting. An escape stands for one byte.
    .replaceAll(/\p{Cc}/gu, (sign) => [...Buffer.from(sign)].map(escapedByte).join(''))
    .replaceAll('%', '%%');
  return `"${escaped}"`;
}

function escapedByte(byte: number): string {
  return `\\x${byte.toString(16).padStart(2, '0')}`;
}

/** A text of one line, with `%` not as a specifier. */
function plain(text: string): string {
  return text
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .replaceAll('%', '%%')
    .replaceAll('\\', '\\\\');
}

/** The folder of the user's own units. */
function unitFolder({ homeFolder, environment }: Pick<TimerHost, 'homeFolder' | 'environment'>): string {
  const config = environment['XDG_CONFIG_HOME'];
  return path.posix.join(
    config === undefined || config === '' ? path.posix.join(homeFolder, '.config') : config,
    'systemd',
    'user',
  );
}

/** Fires at times of the day, so that one that was missed while the machine was off is made up once. */
export function systemdTimer(order: TimerOrder, host: Pick<TimerHost, 'homeFolder' | 'environment'>): Timer {
  const { schedule, workspace } = order;
  const name = timerName(workspace, schedule.connection);
  const folder = unitFolder(host);
  const what = plain(`Groundplan maps ${schedule.connection} into ${workspace}`);
  const service = [
    '[Unit]',
    `Description=${what}`,
    '',
    '[Service]',
    'Type=oneshot',
    // The colon keeps `$` in a path from being taken for a variable.
    `ExecStart=:${argumentsOf(order).map(quoted).join(' ')}`,
    'Nice=10',
  ];
  const timer = [
    '[Unit]',
    `Description=${what}, every ${schedule.every}`,
    '',
    '[Timer]',
    ...dayGrid(schedule).map((minute) => `OnCalendar=*-*-* ${timeText(minute)}:00`),
    `RandomizedDelaySec=${jitterOf(schedule) / 1000}`,
    'Persistent=true',
    '',
    '[Install]',
    'WantedBy=timers.target',
  ];
  const unit = `${name}.timer`;
  return {
    name,
    files: [
      { path: path.posix.join(folder, `${name}.service`), content: Buffer.from(`${service.join('\n')}\n`) },
      { path: path.posix.join(folder, unit), content: Buffer.from(`${timer.join('\n')}\n`) },
    ],
    start: [
      { command: ['systemctl', '--user', 'daemon-reload'] },
      { command: ['systemctl', '--user', 'enable', '--now', unit] },
    ],
    stop: [{ command: ['systemctl', '--user', 'disable', '--now', unit], optional: true }],
    forget: [{ command: ['systemctl', '--user', 'daemon-reload'], optional: true }],
    look: [`systemctl --user list-timers ${unit}`, `journalctl --user -u ${name}.service`],
    notes: ['Timers of a user run while that user is signed in; `loginctl enable-linger` lets them run always.'],
  };
}
