import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { timerFor, type TimerHost } from '#engine/discovery/index.ts';
import type { Schedule } from '#shared/model/index.ts';
import { requireTool } from '#test/support/toolchain/index.ts';

// The files for macOS and Windows, read by parsers that others wrote: Python's for property lists and for XML. (What
// systemd makes of its units is tested with systemd's own checker.)

const schedule: Schedule = { connection: 'shop', every: '6h', jitter: 10, quiet: { from: '22:00', to: '06:00' } };
const workspace = '/srv/50% "off" <a&b> $HOME ümlaut ]]>';

function contentOf(platform: TimerHost['platform']): Buffer {
  const host: TimerHost = { platform, homeFolder: '/home/ada', environment: {}, userId: 501 };
  const [file] = timerFor({ schedule, workspace, program: ['/opt/node 24/node', '/opt/gp/cli.mjs'] }, host).files;
  if (file === undefined) throw new Error(`There is no file for ${platform}.`);
  return file.content;
}

/** What a program in Python prints as JSON of what it is given. */
function python(program: string, input: Buffer): unknown {
  const interpreter = path.join(path.dirname(requireTool('moto')), 'python3');
  return JSON.parse(execFileSync(interpreter, ['-c', program], { input, encoding: 'utf8' }));
}

test('an agent of launchd is a property list with the words and times it was given', () => {
  const read = 'import json,plistlib,sys; json.dump(plistlib.loads(sys.stdin.buffer.read()), sys.stdout)';
  const agent = python(read, contentOf('darwin'));
  expect(agent).toMatchObject({
    Label: expect.stringMatching(/^groundplan-[a-z0-9-]+-shop-[0-9a-f]{8}$/u) as string,
    ProgramArguments: [
      '/opt/node 24/node',
      '/opt/gp/cli.mjs',
      '--workspace',
      workspace,
      'schedule',
      'run',
      '--connection',
      'shop',
    ],
    StartCalendarInterval: [6, 12, 18].map((Hour) => ({ Hour, Minute: 0 })),
    StandardOutPath: expect.stringContaining(`${workspace}/.groundplan/logs/`) as string,
  });
});

test('a task of Windows is XML in UTF-16 of the scheduler’s own kind', () => {
  const read =
    'import json,sys,xml.etree.ElementTree as ET; root=ET.fromstring(sys.stdin.buffer.read());' +
    'json.dump([[e.tag, (e.text or "").strip()] for e in root.iter()], sys.stdout)';
  const elements = python(read, contentOf('win32')) as [tag: string, text: string][];
  const kind = '{http://schemas.microsoft.com/windows/2004/02/mit/task}';
  expect(elements.every(([tag]) => tag.startsWith(kind))).toBe(true);
  expect(elements[0]).toEqual([`${kind}Task`, '']);
  const textOf = (name: string) => elements.filter(([tag]) => tag === kind + name).map(([, text]) => text);
  expect(textOf('Command')).toEqual(['/opt/node 24/node']);
  expect(textOf('Arguments')[0]).toContain('<a&b> $HOME ümlaut ]]>');
  expect(textOf('StartBoundary')).toEqual(['2026-01-01T06:00:00']);
});
