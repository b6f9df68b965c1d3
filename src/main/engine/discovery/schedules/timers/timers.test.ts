import { describe, expect, test } from 'vitest';
import type { Schedule } from '#shared/model/index.ts';
import { dayGrid, timeText } from './day-grid.ts';
import { timerName, type TimerHost } from './timer.ts';
import { timerFor } from './timers.ts';

const schedule: Schedule = { connection: 'shop', every: '6h', jitter: 10, quiet: { from: '22:00', to: '06:00' } };
const host: Omit<TimerHost, 'platform'> = { homeFolder: '/home/ada', environment: {}, userId: 501 };
const awkward = '/srv/50% "off" <a&b> $HOME\\x';

function textsOf(platform: TimerHost['platform'], changes: { workspace?: string; schedule?: Schedule } = {}): string[] {
  const order = {
    schedule,
    workspace: '/srv/my shop',
    program: ['/opt/node 24/node', '/opt/gp/cli.mjs'] as const,
    ...changes,
  };
  const { files } = timerFor({ ...order, program: [...order.program] }, { ...host, platform });
  return files.map(({ content }) => (platform === 'win32' ? content.toString('utf16le') : content.toString('utf8')));
}

/** XML as elements with their texts: no tag may be left open, no text unescaped. */
function xmlTexts(text: string): readonly { readonly path: string; readonly text: string }[] {
  const found: { path: string; text: string }[] = [];
  const open: string[] = [];
  const rest = text.replace(/^\uFEFF?<\?xml[^?]*\?>\s*(<!DOCTYPE[^>]*>)?\s*/u, '');
  for (const [, closing, name = '', content = ''] of rest.matchAll(/<(\/?)([A-Za-z]+)[^<>]*>([^<>]*)/gu)) {
    if (closing === '/') expect(open.pop()).toBe(name);
    else {
      open.push(name);
      if (content.trim() !== '') found.push({ path: open.join('/'), text: unescaped(content) });
    }
  }
  expect(open).toEqual([]);
  expect(rest.replaceAll(/<\/?[A-Za-z]+[^<>]*>/gu, '')).not.toMatch(/[<>]|&(?!amp;|lt;|gt;|#13;)/u);
  return found;
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&#13;', '\r').replaceAll('&amp;', '&');
}

const under = (text: string, path: string) =>
  xmlTexts(text)
    .filter((one) => one.path.endsWith(path))
    .map((one) => one.text);

describe('the times of a day', () => {
  test.each<[string, Partial<Schedule>, string]>([
    ['six-hourly', { every: '6h' }, '00:00 06:00 12:00 18:00'],
    ['outside the quiet hours', { every: '6h', quiet: { from: '22:00', to: '06:00' } }, '06:00 12:00 18:00'],
    ['all of them quiet', { every: '12h', quiet: { from: '23:00', to: '13:30' } }, '13:30'],
    ['daily', { every: '1d' }, '03:00'],
    ['weekly after the quiet hours', { every: '7d', quiet: { from: '02:00', to: '04:15' } }, '04:15'],
    ['quarters of an hour', { every: '15m', quiet: { from: '00:45', to: '00:15' } }, '00:15 00:30'],
  ])('%s', (_what, times, shown) => {
    expect(
      dayGrid({ every: '6h', ...times })
        .map(timeText)
        .join(' '),
    ).toBe(shown);
  });
});

test('names stay the same, differ for each workspace and connection, and hold nothing odd', () => {
  expect(timerName('/srv/my shop', 'Prod EU')).toMatch(/^groundplan-my-shop-prod-eu-[0-9a-f]{8}$/u);
  expect(timerName('/srv/my shop', 'a')).toBe(timerName('/srv/my shop', 'a'));
  expect(new Set([timerName('/a/x', 'y'), timerName('/b/x', 'y'), timerName('/a/x', 'z')]).size).toBe(3);
  expect(timerName('/srv/…', '%n')).toMatch(/^groundplan-n-[0-9a-f]{8}$/u);
});

describe('systemd', () => {
  test('gets a service and a timer that makes up for what was missed', () => {
    const [service = '', timer = ''] = textsOf('linux');
    expect(service).toContain('Type=oneshot\n');
    expect(service).toContain(
      'ExecStart=:"/opt/node 24/node" "/opt/gp/cli.mjs" "--workspace" "/srv/my shop" "schedule" "run" "--connection" "shop"\n',
    );
    expect(timer.split('\n').filter((line) => line.includes('='))).toEqual([
      'Description=Groundplan maps shop into /srv/my shop, every 6h',
      'OnCalendar=*-*-* 06:00:00',
      'OnCalendar=*-*-* 12:00:00',
      'OnCalendar=*-*-* 18:00:00',
      'RandomizedDelaySec=600',
      'Persistent=true',
      'WantedBy=timers.target',
    ]);
  });

  test('reads odd paths as they are', () => {
    const [service = ''] = textsOf('linux', { workspace: awkward });
    expect(service).toContain(String.raw`"/srv/50%% \"off\" <a&b> $HOME\\x"`);
    expect(service).toContain(String.raw`Description=Groundplan maps shop into /srv/50%% "off" <a&b> $HOME\\x`);
  });

  test('gets one line for each setting, whatever control characters stand in a name', () => {
    const name = 'a\rExecStart=/bin/x\0b\nc\td\u{1b}e\u{7f}f\u{85}g';
    const texts = textsOf('linux', { schedule: { ...schedule, connection: name } });
    for (const text of texts) expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    const [service = ''] = texts;
    expect(service).toContain(
      String.raw`"--connection" "a\x0dExecStart=/bin/x\x00b\x0ac\x09d\x1be\x7ff\xc2\x85g"` + '\n',
    );
    expect(service).toContain('Description=Groundplan maps a ExecStart=/bin/x b c d e f g into /srv/my shop\n');
    expect(service.match(/^ExecStart=/gmu)).toHaveLength(1);
  });

  test('finds the files where the user keeps settings', () => {
    const { files } = timerFor(
      { schedule, workspace: '/w', program: ['/n'] },
      { ...host, platform: 'linux', environment: { XDG_CONFIG_HOME: '/cfg' } },
    );
    expect(files.map(({ path }) => path.replace(/groundplan.*\./u, '*.'))).toEqual([
      '/cfg/systemd/user/*.service',
      '/cfg/systemd/user/*.timer',
    ]);
  });
});

describe('launchd', () => {
  test('gets an agent with its words and times, whatever stands in a path', () => {
    const [plist = ''] = textsOf('darwin', { workspace: awkward });
    expect(under(plist, 'array/string')).toEqual([
      '/opt/node 24/node',
      '/opt/gp/cli.mjs',
      '--workspace',
      awkward,
      'schedule',
      'run',
      '--connection',
      'shop',
    ]);
    expect(under(plist, 'array/dict/integer')).toEqual(['6', '0', '12', '0', '18', '0']);
    const { files, folders, start } = timerFor(
      { schedule, workspace: '/w', program: ['/n'] },
      { ...host, platform: 'darwin' },
    );
    expect(folders).toEqual(['/w/.groundplan/logs']);
    expect(files[0]?.path).toMatch(/^\/home\/ada\/Library\/LaunchAgents\/groundplan-w-shop-[0-9a-f]{8}\.plist$/u);
    expect(start.map(({ command }) => command[1])).toEqual(['bootout', 'bootstrap']);
  });
});

describe('the Task Scheduler', () => {
  test('gets a task that makes up for what was missed and never runs twice at once', () => {
    const [xml = ''] = textsOf('win32');
    expect(xml.startsWith('\uFEFF<?xml version="1.0" encoding="UTF-16"?>')).toBe(true);
    expect(under(xml, 'StartWhenAvailable')).toEqual(['true']);
    expect(under(xml, 'MultipleInstancesPolicy')).toEqual(['IgnoreNew']);
    expect(under(xml, 'CalendarTrigger/StartBoundary')).toEqual(['2026-01-01T06:00:00']);
    expect(under(xml, 'Repetition/Interval')).toEqual(['PT360M']);
    expect(under(xml, 'Repetition/Duration')).toEqual(['PT1079M']);
    expect(under(xml, 'RandomDelay')).toEqual(['PT10M']);
    expect(under(xml, 'Exec/Command')).toEqual(['/opt/node 24/node']);
    expect(under(xml, 'Exec/Arguments')).toEqual([
      '/opt/gp/cli.mjs --workspace "/srv/my shop" schedule run --connection shop',
    ]);
  });

  test('keeps words apart that Windows would put together', () => {
    const [xml = ''] = textsOf('win32', { workspace: 'C:\\my "shop"\\' });
    expect(under(xml, 'Exec/Arguments')[0]).toContain(String.raw`--workspace "C:\my \"shop\"\\" schedule`);
  });

  test('has one trigger for each part of the day that is not quiet', () => {
    const [xml = ''] = textsOf('win32', {
      schedule: { ...schedule, every: '4h', quiet: { from: '09:00', to: '15:00' } },
    });
    expect(under(xml, 'CalendarTrigger/StartBoundary')).toEqual(['2026-01-01T00:00:00', '2026-01-01T16:00:00']);
  });
});
