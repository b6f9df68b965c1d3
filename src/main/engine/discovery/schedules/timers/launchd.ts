import path from 'node:path';
import { dayGrid } from './day-grid.ts';
import { argumentsOf, timerName, type Timer, type TimerHost, type TimerOrder } from './timer.ts';
import { xmlText } from './xml-text.ts';

function text(value: string): string {
  return `<string>${xmlText(value)}</string>`;
}

/** An agent that fires at times of the day; one that was missed while the machine slept is made up once. */
export function launchAgent(order: TimerOrder, host: Pick<TimerHost, 'homeFolder' | 'userId'>): Timer {
  const { schedule, workspace } = order;
  const name = timerName(workspace, schedule.connection);
  const file = path.posix.join(host.homeFolder, 'Library', 'LaunchAgents', `${name}.plist`);
  const log = path.posix.join(workspace, '.groundplan', 'logs', `${name}.log`);
  const times = dayGrid(schedule).map(
    (minute) =>
      `    <dict><key>Hour</key><integer>${Math.floor(minute / 60)}</integer><key>Minute</key><integer>${minute % 60}</integer></dict>`,
  );
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">',
    '<plist version="1.0">',
    '<dict>',
    `  <key>Label</key>${text(name)}`,
    '  <key>ProgramArguments</key>',
    '  <array>',
    ...argumentsOf(order).map((word) => `    ${text(word)}`),
    '  </array>',
    '  <key>StartCalendarInterval</key>',
    '  <array>',
    ...times,
    '  </array>',
    '  <key>ProcessType</key><string>Background</string>',
    `  <key>StandardOutPath</key>${text(log)}`,
    `  <key>StandardErrorPath</key>${text(log)}`,
    '</dict>',
    '</plist>',
  ];
  const domain = `gui/${host.userId}`;
  const leave = { command: ['launchctl', 'bootout', `${domain}/${name}`], optional: true } as const;
  return {
    name,
    files: [{ path: file, content: Buffer.from(`${lines.join('\n')}\n`) }],
    // Without the folder of its log an agent does not start.
    folders: [path.posix.dirname(log)],
    // What was loaded before keeps its old times until it is taken out.
    start: [leave, { command: ['launchctl', 'bootstrap', domain, file] }],
    stop: [leave],
    forget: [],
    look: [`launchctl print ${domain}/${name}`, `tail '${log.replaceAll("'", "'\\''")}'`],
    notes: [
      'Agents of a user run while that user is signed in.',
      'launchd knows no random delay: it begins at the times in the file.',
    ],
  };
}
