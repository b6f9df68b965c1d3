import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { runCommand } from './run-command.ts';

const never = new AbortController().signal;

function shell(script: string, options: { signal?: AbortSignal; timeoutSeconds?: number } = {}): Promise<string> {
  return runCommand('/bin/sh', { arguments: ['-c', script], signal: never, timeoutSeconds: 10, ...options });
}

describe('running a command', () => {
  it('gives back what it prints', async () => {
    await expect(shell('echo one; echo two >&2')).resolves.toBe('one\n');
  });

  it('fails with the end of what it complained about', async () => {
    await expect(shell('echo broken part >&2; exit 3')).rejects.toMatchObject({
      code: 'tool-failed',
      message: expect.stringMatching(/ended with code 3:\nbroken part$/),
    });
  });

  it('fails for a command that is not there', async () => {
    const options = { arguments: [], signal: never, timeoutSeconds: 10 };
    await expect(runCommand('/nowhere/command', options)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('ends a command that takes too long, and what that started', async () => {
    const started = performance.now();
    await expect(shell('sleep 60 & sleep 60', { timeoutSeconds: 0.2 })).rejects.toMatchObject({ code: 'timed-out' });
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('ends when it is cancelled, with the reason', async () => {
    const stop = new AbortController();
    const running = shell('sleep 60', { signal: stop.signal });
    await sleep(50);
    stop.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
  });
});
