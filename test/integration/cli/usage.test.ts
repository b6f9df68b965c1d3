import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openShell, type Shell } from '#test/support/command-line/index.ts';

let shell: Shell;

beforeAll(async () => {
  shell = await openShell();
});

afterAll(() => shell[Symbol.asyncDispose]());

/** The error a command printed as JSON; anything else on either output fails the test. */
async function refusal(args: readonly string[]): Promise<unknown> {
  const { code, stdout, stderr } = await shell.run([...args, '--json']);
  expect(stderr).toBe('');
  return { code, ...(JSON.parse(stdout) as object) };
}

const badInput = (message: unknown) => ({
  code: 2,
  error: { code: 'bad-input', message, advice: expect.any(String) as string, details: {} },
});

describe('wrong usage ends with 2, is told as JSON when asked, and writes nothing', () => {
  test.each([
    [['bogus'], "unknown command 'bogus'"],
    [[], 'A verb is missing.'],
    [['graph'], 'A verb is missing.'],
    [['approve', 'x'], "unknown command 'approve'"],
    [['deployment', 'approve', 'x'], "unknown command 'approve'"],
    [['graph', 'query'], 'Give either a query or --saved NAME.'],
    [['graph', 'query', 'RETURN 1', '--saved', 'mine'], 'Give either a query or --saved NAME.'],
    [['graph', 'query', '--saved', 'Mine'], 'Give a name of lower-case letters'],
    [['graph', 'query', 'RETURN 1', '--csv'], 'An answer is CSV or JSON, not both.'],
    [['graph', 'query', 'RETURN 1', '--limit', 'many'], 'Give a whole number from 1 to 10000.'],
    [['coverage', '--run', '1.5'], 'Give a whole number'],
    [['pattern', 'find', '--similarity', '2'], 'Give a number from 0 to 1.'],
    [['discover', '--cloud', 'mars'], 'Give one of aws, azure, gcp.'],
    [['discover', '--account', '12'], 'An AWS account is twelve digits.'],
    [['discover', '--region', 'Frankfurt'], 'A region looks like eu-west-1 (AWS)'],
    [['discover', '--endpoint', 'localhost'], 'Give an address such as http://127.0.0.1:5000.'],
    [['propose', 'x', '--env', 'e'], "required option '--target"],
    [['propose', 'x', '--env', 'e', '--target', 'mars'], 'Give aws/ACCOUNT/REGION'],
    [['propose', 'x', '--env', 'e', '--target', 'aws/12/eu-west-1'], 'An AWS account is twelve digits.'],
    [['propose', 'x', '--env', 'e', '--target', 'aws/123456789012/eu-west-1/x'], 'Give aws/ACCOUNT/REGION'],
    [['propose', 'x', '--env', 'e', '--target', 'azure/shop/westeurope'], 'An Azure subscription looks like'],
    [['propose', 'x', '--env', 'e', '--target', 'gcp/shop-prod/eu-west-1'], 'A Google Cloud region looks like'],
    [['propose', 'x', '--env', 'e', '--target', 'aws/123456789012/eu-west-1', '--set', 'a'], 'Give NAME=VALUE.'],
    [['blueprint', 'show', 'a@b@c'], 'Use NAME or NAME@VERSION.'],
    [['blueprint', 'extract', 'x', '--instance', 'everything'], 'Give NAME=SCOPE/REGION'],
    [['blueprint', 'extract', 'x'], "required option '--instance"],
  ])('%j', async (args, message) => {
    expect(await refusal(args)).toEqual(badInput(expect.stringContaining(message)));
    expect(await readdir(shell.folder)).toEqual([]);
  });

  test('for people it comes with the help of the verb', async () => {
    const { code, stdout, stderr } = await shell.run(['graph', 'query', 'RETURN 1', '--limit', '0']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/Give a whole number from 1 to 10000\.\n\nUsage: groundplan graph query/);
  });

  test('help and version end well', async () => {
    const help = await shell.run(['--help']);
    expect(help).toMatchObject({ code: 0, stderr: '' });
    expect(help.stdout).not.toContain('approve');
    expect((await shell.run(['graph', 'find', '--help'])).stdout).toMatch(/Global Options:[^]*--json/);
    expect(await shell.run(['--version'])).toMatchObject({ code: 0, stdout: '0.1.0\n', stderr: '' });
  });
});

describe('a folder that is no workspace', () => {
  test('is told, and nothing is written into it', async () => {
    const folder = path.join(shell.folder, 'mine');
    await mkdir(folder);
    await writeFile(path.join(folder, 'notes.txt'), 'mine\n');
    for (const verb of [['graph', 'stats'], ['discover'], ['sample'], ['deployment', 'list'], ['drift']]) {
      expect(await refusal(['--workspace', folder, ...verb])).toEqual({
        code: 2,
        error: {
          code: 'not-a-workspace',
          message: `${folder} is not a Groundplan workspace: it has no groundplan.yaml.`,
          advice: expect.stringContaining('groundplan init') as string,
          details: { path: folder },
        },
      });
    }
    expect(await readdir(folder)).toEqual(['notes.txt']);
  });

  test('is a file, or lies below one', async () => {
    const file = path.join(shell.folder, 'file');
    await writeFile(file, '');
    expect(await refusal(['--workspace', file, 'sample'])).toMatchObject({
      code: 2,
      error: { code: 'not-a-workspace', message: `${file} is a file; a workspace is a folder.` },
    });
    expect(await refusal(['--workspace', path.join(file, 'below'), 'init'])).toMatchObject({
      code: 2,
      error: { code: 'bad-input', message: expect.stringContaining('a file is in its way') as string },
    });
  });
});

describe('a workspace', () => {
  test('is made once', async () => {
    const folder = path.join(shell.folder, 'new', 'shop');
    const made = await shell.run(['init', '--workspace', folder]);
    expect(made).toMatchObject({ code: 0, stdout: `Made the workspace shop in ${folder}.\n`, stderr: '' });
    expect(await refusal(['--workspace', folder, 'init'])).toMatchObject({
      code: 2,
      error: { code: 'already-exists', details: { path: folder } },
    });
  });
});

test('a reader that has read enough is no failure', async () => {
  const { child, result } = shell.start(['--workspace', path.join(shell.folder, 'empty'), 'doctor', '--json']);
  child.stdout?.destroy();
  expect(await result).toMatchObject({ code: 0, stderr: '' });
});
