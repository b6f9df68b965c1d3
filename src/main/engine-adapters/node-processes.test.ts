import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNodeProcesses } from './node-processes.ts';

const processes = createNodeProcesses();
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'groundplan-processes-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function shell(script: string, more: Partial<Parameters<typeof processes.run>[0]> = {}) {
  return processes.run({ file: '/bin/sh', args: ['-c', script], cwd: folder, env: { PATH: '/usr/bin:/bin' }, ...more });
}

describe('running programs', () => {
  it('hands over lines as they come, the whole text, and how it ended', async () => {
    const lines: string[] = [];
    const result = await shell('echo one; echo two >&2; printf three', {
      onLine: (stream, line) => lines.push(`${stream} ${line}`),
    });
    expect(result).toEqual({ code: 0, signal: null, stdout: 'one\nthree', stderr: 'two\n' });
    expect(lines.toSorted()).toEqual(['stderr two', 'stdout one', 'stdout three']);
    expect((await shell('exit 7')).code).toBe(7);
    expect((await shell('kill -9 $$')).signal).toBe('SIGKILL');
  });

  it('gives the child nothing but the environment it is told', async () => {
    process.env['TF_CLI_ARGS'] = '-destroy';
    const { stdout } = await shell('env', { env: { ONLY: 'this' } });
    delete process.env['TF_CLI_ARGS'];
    expect(stdout.split('\n').filter((line) => !/^(PWD|SHLVL|_|OLDPWD)=/.test(line))).toEqual(['ONLY=this', '']);
  });

  it('says which program is missing', async () => {
    const missing = processes.run({ file: '/nowhere/tofu', args: [], cwd: folder, env: {} });
    await expect(missing).rejects.toMatchObject({ code: 'tool-missing', details: { file: '/nowhere/tofu' } });
    expect(await processes.find('/nowhere/tofu')).toBeNull();
    expect(await processes.find('sh')).toMatch(/\/sh$/);
    expect(await processes.find('../sh')).toBeNull();
  });

  it('keeps the input of a child open until it may end', async () => {
    const mayEnd = Promise.withResolvers<void>();
    const started = Promise.withResolvers<void>();
    const lines: string[] = [];
    const running = shell('echo reading; cat; echo ended', {
      inputUntil: mayEnd.promise,
      onLine: (_stream, line) => {
        lines.push(line);
        started.resolve();
      },
    });
    await started.promise;
    expect(lines).toEqual(['reading']);
    mayEnd.resolve();
    expect((await running).stdout).toBe('reading\nended\n');
  });

  it('interrupts the whole group once, and waits', async () => {
    const cancel = new AbortController();
    const result = await shell(
      'trap "echo interrupted" INT; echo ready; i=0; while [ $i -lt 10 ]; do sleep 0.05; i=$((i+1)); done; echo end',
      {
        signal: cancel.signal,
        timeoutMs: 10_000,
        onLine: (_stream, line) => {
          if (line === 'ready') {
            cancel.abort();
            cancel.abort();
          }
        },
      },
    );
    expect(result.stdout).toBe('ready\ninterrupted\nend\n');
    expect((await shell('sleep 20', { timeoutMs: 50 })).signal).toBe('SIGINT');
    await expect(shell('true', { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('knows a living process by id and start time', async () => {
    let seen = { pid: 0, startTime: '' };
    await shell('sleep 0.2', {
      onStart: (child) => {
        seen = { ...child };
        appendFileSync(path.join(folder, 'alive'), String(processes.isAlive(child.pid, child.startTime)));
      },
    });
    expect(readFileSync(path.join(folder, 'alive'), 'utf8')).toBe('true');
    expect(processes.isAlive(seen.pid, seen.startTime)).toBe(false);
    expect(processes.isAlive(process.pid, 'another time')).toBe(false);
  });

  it('ends a child that could not be recorded', async () => {
    // Not through a shell: one that is just about to start its command keeps an interrupt until that has ended.
    const refused = shell('', {
      file: '/bin/sleep',
      args: ['20'],
      onStart: () => {
        throw new Error('the disk is full');
      },
    });
    await expect(refused).rejects.toThrow('the disk is full');
  });

  it('lets output go to a file, and reads every line of it from there', async () => {
    const file = path.join(folder, 'output');
    const lines: string[] = [];
    const script = 'i=0; while [ $i -lt 500 ]; do echo "line $i ä"; i=$((i+1)); done; echo last >&2';
    const result = await shell(script, {
      outputFile: file,
      onLine: (_stream, line) => lines.push(line),
      maxOutput: 20,
    });
    expect(lines).toHaveLength(501);
    expect([lines[0], lines[499], lines[500]]).toEqual(['line 0 ä', 'line 499 ä', 'last']);
    expect(result.stdout).toHaveLength(20);
    expect(statSync(file).mode & 0o077).toBe(0);
    // A second run is appended, and only its own lines are handed over.
    const second: string[] = [];
    await shell('echo again', { outputFile: file, onLine: (_stream, line) => second.push(line) });
    expect(second).toEqual(['again']);
  });
});
