import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { recordingLogger } from '#test/support/estate/recording-logger.ts';
import { createReceivedFiles } from './received-files.ts';

let work: string;
beforeEach(async () => {
  work = await mkdtemp(path.join(tmpdir(), 'groundplan-received-'));
  await mkdir(path.join(work, 'uploads', 'left'), { recursive: true });
  await writeFile(path.join(work, 'uploads', 'left', '0'), 'a state with a password in it');
});
afterEach(() => rm(work, { recursive: true, force: true }));

test('what a program that was ended left behind goes before anything else is sent', async () => {
  createReceivedFiles(path.join(work, 'uploads'), recordingLogger());
  await expect.poll(() => readdir(work)).toEqual([]);
});

test('what is sent at once after the start stays', async () => {
  const received = createReceivedFiles(path.join(work, 'uploads'), recordingLogger());
  const upload = await received.announce([{ name: 'a', bytes: 1, modifiedAt: null }]);
  await received.append(upload, { file: 0, offset: 0, data: Buffer.from('x') });
  const [file] = await received.filesOf(upload);
  expect(await readFile(file?.path ?? '', 'utf8')).toBe('x');
  expect(await readdir(path.join(work, 'uploads'))).toEqual([upload]);
});
