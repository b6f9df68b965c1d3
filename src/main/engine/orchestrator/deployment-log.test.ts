import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDeploymentLogs } from './deployment-log.ts';
import { createRedaction } from './redaction.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'groundplan-logs-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const line = (node: string, text: string) => ({ at: 1, node, level: 'info' as const, text });

describe('the log of a deployment', () => {
  it('goes on after a restart, past a line that a crash cut in half', async () => {
    const first = createDeploymentLogs(folder);
    first.write('d', line('a', 'one'));
    first.write('d', line('b', 'two'));
    first.close();
    appendFileSync(path.join(folder, 'd.ndjson'), '{"sequence":3,"at":1,"no');
    const second = createDeploymentLogs(folder);
    second.write('d', line('a', 'three'));
    const read = (node: string | null, after: number, limit: number) => second.read('d', { node, after, limit });
    expect((await read(null, 0, 10)).lines.map((one) => one.text)).toEqual(['one', 'two', 'three']);
    expect((await read('a', 1, 10)).lines.map((one) => one.text)).toEqual(['three']);
    expect(await read(null, 0, 2)).toMatchObject({ more: true });
    expect(await second.read('nobody', { node: null, after: 0, limit: 10 })).toEqual({ lines: [], more: false });
    second.close();
  });
});

describe('redaction', () => {
  it('hides secrets whole, by line, quoted and inside others, and leaves short ones', () => {
    const redaction = createRedaction();
    redaction.add('hunter2');
    redaction.add('hunter2-and-more');
    redaction.add({ key: ['first line\nsecond line'], tiny: 'ab', number: 123456, quote: 'say "hush"' });
    expect(redaction.apply('x hunter2-and-more y hunter2 z')).toBe('x *** y *** z');
    expect(redaction.apply('got second line, ab, 123456')).toBe('got ***, ab, ***');
    expect(redaction.apply('{"q":"say \\"hush\\""}')).toBe('{"q":"***"}');
  });

  it('hides what nobody told it of where a tool prints secrets, and no word for one', () => {
    const redaction = createRedaction();
    redaction.add('hunter2');
    expect(redaction.apply('git clone https://ada:hush@host with --token hush1')).toBe(
      'git clone https://(removed)@host with --token (removed)',
    );
    expect(redaction.apply('password = hunter2, token = (sensitive value)')).toBe(
      'password = ***, token = (sensitive value)',
    );
  });
});
