import path from 'node:path';
import { intervals, type Schedule } from '#shared/model/index.ts';
import { jitterOf } from '../next-run.ts';
import { dayGrid, timeText } from './day-grid.ts';
import { argumentsOf, timerName, type Timer, type TimerHost, type TimerOrder } from './timer.ts';
import { xmlText } from './xml-text.ts';

/** A word of a Windows command line, as programs take it apart: backslashes count only before a quote. */
function quoted(word: string): string {
  if (word !== '' && !/[\s"]/u.test(word)) return word;
  return `"${word.replaceAll(/(\\*)"/gu, '$1$1\\"').replace(/(\\+)$/u, '$1$1')}"`;
}

function taskFolder({ homeFolder, environment }: Pick<TimerHost, 'homeFolder' | 'environment'>): string {
  const data = environment['LOCALAPPDATA'];
  return path.win32.join(
    data === undefined || data === '' ? path.win32.join(homeFolder, 'AppData', 'Local') : data,
    'Groundplan',
    'timers',
  );
}

/** Times that follow each other by the interval: each such row is one trigger that repeats. */
function rows(schedule: Schedule): readonly { readonly first: number; readonly count: number }[] {
  const step = intervals[schedule.every] / 60_000;
  const found: { first: number; count: number }[] = [];
  for (const minute of dayGrid(schedule)) {
    const row = found.at(-1);
    if (row !== undefined && minute === row.first + row.count * step) row.count += 1;
    else found.push({ first: minute, count: 1 });
  }
  return found;
}

function trigger(schedule: Schedule, { first, count }: { readonly first: number; readonly count: number }): string[] {
  const step = intervals[schedule.every] / 60_000;
  // Past the last one and not to the next day's first: a row of four at six hours lasts one minute less than a day.
  const repetition = [
    '      <Repetition>',
    `        <Interval>PT${step}M</Interval>`,
    `        <Duration>PT${(count - 1) * step + Math.max(1, step - 1)}M</Duration>`,
    '      </Repetition>',
  ];
  return [
    '    <CalendarTrigger>',
    ...(count > 1 ? repetition : []),
    `      <StartBoundary>2026-01-01T${timeText(first)}:00</StartBoundary>`,
    ...(jitterOf(schedule) === 0 ? [] : [`      <RandomDelay>PT${jitterOf(schedule) / 60_000}M</RandomDelay>`]),
    '      <ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>',
    '    </CalendarTrigger>',
  ];
}

/** A task that fires at times of the day; one that was missed while the machine was off is made up once. */
export function scheduledTask(order: TimerOrder, host: Pick<TimerHost, 'homeFolder' | 'environment'>): Timer {
  const { schedule, workspace } = order;
  const name = timerName(workspace, schedule.connection);
  const file = path.win32.join(taskFolder(host), `${name}.xml`);
  const [program = '', ...words] = argumentsOf(order);
  const lines = [
    '<?xml version="1.0" encoding="UTF-16"?>',
    '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">',
    '  <RegistrationInfo>',
    `    <Description>${xmlText(`Groundplan maps ${schedule.connection} into ${workspace}`)}</Description>`,
    '  </RegistrationInfo>',
    '  <Triggers>',
    ...rows(schedule).flatMap((row) => trigger(schedule, row)),
    '  </Triggers>',
    '  <Principals>',
    '    <Principal id="Author"><LogonType>InteractiveToken</LogonType><RunLevel>LeastPrivilege</RunLevel></Principal>',
    '  </Principals>',
    '  <Settings>',
    '    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>',
    '    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>',
    '    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>',
    '    <StartWhenAvailable>true</StartWhenAvailable>',
    '  </Settings>',
    '  <Actions Context="Author">',
    '    <Exec>',
    `      <Command>${xmlText(program)}</Command>`,
    `      <Arguments>${xmlText(words.map(quoted).join(' '))}</Arguments>`,
    '    </Exec>',
    '  </Actions>',
    '</Task>',
  ];
  const task = `Groundplan\\${name}`;
  return {
    name,
    // The Task Scheduler takes UTF-16 with its mark.
    files: [{ path: file, content: Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`, 'utf16le') }],
    start: [{ command: ['schtasks', '/Create', '/F', '/TN', task, '/XML', file] }],
    stop: [{ command: ['schtasks', '/Delete', '/F', '/TN', task], optional: true }],
    forget: [],
    look: [`schtasks /Query /V /FO LIST /TN "${task}"`],
    notes: ['The task runs while you are signed in.'],
  };
}
