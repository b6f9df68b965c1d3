import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openShell, type Shell } from '#test/support/command-line/index.ts';

let shell: Shell;
const at = (name: string) => path.join(shell.folder, name);
const run = (workspace: string, ...args: string[]) => shell.run(['--workspace', at(workspace), ...args]);

beforeAll(async () => {
  shell = await openShell();
  await run('shop', 'sample');
});

afterAll(() => shell?.[Symbol.asyncDispose]());

interface Stats {
  readonly resources: number;
  readonly relationships: number;
  readonly byKind: Readonly<Record<string, number>>;
}

async function stats(workspace: string): Promise<Stats> {
  return (await run(workspace, 'graph', 'stats', '--json')).json() as Stats;
}

test('an exported estate is the same elsewhere, with other names where that is wanted', async () => {
  const plain = await run('shop', 'export', at('plain.gz'), '--json');
  expect(plain).toMatchObject({ code: 0, stderr: '' });
  expect(plain.json()).toMatchObject({ path: at('plain.gz'), redacted: [] });
  const redacted = await run('shop', 'export', at('redacted.gz'), '--redact', 'names,accounts');
  expect(redacted.stdout).toMatch(
    /Wrote .*redacted\.gz: \d+ resources, .* Replaced by pseudonyms: names, accounts\.\n$/,
  );
  expect(gunzipSync(await readFile(at('plain.gz'))).toString()).toContain('storefront');
  expect(gunzipSync(await readFile(at('redacted.gz'))).toString()).not.toMatch(/storefront/i);
  for (const name of ['plain', 'redacted'])
    expect(await run(name, 'import', at(`${name}.gz`))).toMatchObject({ code: 0 });
  const [original, same, renamed] = [await stats('shop'), await stats('plain'), await stats('redacted')];
  expect(same.byKind).toEqual(original.byKind);
  // What bodies refer to is found anew; those of the sample were written before that was done.
  expect(same.relationships).toBeGreaterThanOrEqual(original.relationships);
  const { byKind, relationships, resources } = same;
  expect(renamed).toMatchObject({ byKind, relationships, resources });
});

test('wrong words, a folder as the file, and nothing to export are refused', async () => {
  expect(await run('shop', 'export', at('x.gz'), '--redact', 'faces')).toMatchObject({ code: 2 });
  const folder = await run('shop', 'export', shell.folder);
  expect(folder.code).toBe(2);
  expect(folder.stderr).toMatch('is a folder');
  const empty = await run('empty', 'export', at('x.gz'));
  expect(empty.code).not.toBe(0);
});
