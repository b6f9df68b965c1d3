import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withLock } from './build-lock.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'groundplan-lock-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const never = new AbortController().signal;

describe('the lock of a build', () => {
  it('lets one work at a time and tells the other that it waits', async () => {
    const file = path.join(folder, 'tool.lock');
    const events: string[] = [];
    const release = Promise.withResolvers<undefined>();
    const waiting = Promise.withResolvers<undefined>();
    const first = withLock(file, { signal: never, onWait: () => events.push('first waits') }, async () => {
      events.push('first works');
      await release.promise;
      events.push('first is done');
    });
    const second = withLock(file, { signal: never, onWait: () => waiting.resolve(undefined) }, async () => {
      events.push('second works');
    });
    await waiting.promise;
    release.resolve(undefined);
    await Promise.all([first, second]);
    expect(events).toEqual(['first works', 'first is done', 'second works']);
  });

  it('is free again after its work failed', async () => {
    const file = path.join(folder, 'tool.lock');
    const failing = withLock(file, { signal: never, onWait: () => undefined }, () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    await expect(withLock(file, { signal: never, onWait: () => undefined }, async () => 'yes')).resolves.toBe('yes');
  });

  it('is free again after its holder was killed', async () => {
    const file = path.join(folder, 'tool.lock');
    const holder = `
      const { withLock } = await import(${JSON.stringify(path.join(import.meta.dirname, 'build-lock.ts'))});
      await withLock(${JSON.stringify(file)}, { signal: new AbortController().signal, onWait() {} }, async () => {
        process.kill(process.pid, 'SIGKILL');
        await new Promise(() => {});
      });`;
    const killed = promisify(execFile)(process.execPath, ['--input-type=module', '--eval', holder]);
    await expect(killed).rejects.toMatchObject({ signal: 'SIGKILL' });
    await expect(withLock(file, { signal: never, onWait: () => undefined }, async () => 'yes')).resolves.toBe('yes');
  });

  it('can be cancelled while it waits', async () => {
    const file = path.join(folder, 'tool.lock');
    const stop = new AbortController();
    await withLock(file, { signal: never, onWait: () => undefined }, async () => {
      const waiter = withLock(file, { signal: stop.signal, onWait: () => stop.abort() }, async () => 'never');
      await expect(waiter).rejects.toMatchObject({ name: 'AbortError' });
    });
  });
});
