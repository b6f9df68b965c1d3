import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { workspacePaths } from '#engine/workspace/index.ts';
import type { Call, QueriesService } from '#engine/ports/index.ts';
import { guardReadOnly } from './read-only.ts';
import { createQueriesService } from './queries-service.ts';

const call: Call = { signal: new AbortController().signal, actor: { kind: 'person', name: 'test' } };
let root: string;
let queries: QueriesService;
let changed: string[];

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'groundplan-queries-'));
  changed = [];
  const events = { changed: (topics: readonly string[]) => void changed.push(...topics) };
  queries = createQueriesService({ workspace: { paths: workspacePaths(root), assertWritable: () => {} }, events });
});
afterEach(() => rm(root, { recursive: true, force: true }));

const file = (name: string) => path.join(root, 'queries', `${name}.yaml`);
const cypher = "MATCH (r:Resource)\nWHERE r.name = 'it''s: # not a comment'\nRETURN r.id";
const save = (name: string, replace = false, text = cypher) =>
  queries.save({ name, summary: 'Mine', cypher: text, replace }, call);

test('a query is a file made for people, and is read as it was written', async () => {
  await save('mine');
  expect(await readFile(file('mine'), 'utf8')).toBe(
    [
      '# yaml-language-server: $schema=../.groundplan/schemas/query.schema.json',
      'query: mine',
      'summary: Mine',
      'cypher: |-',
      '  MATCH (r:Resource)',
      "  WHERE r.name = 'it''s: # not a comment'",
      '  RETURN r.id',
      '',
    ].join('\n'),
  );
  expect(await queries.get({ name: 'mine' }, call)).toEqual({ name: 'mine', summary: 'Mine', cypher, given: false });
  expect(changed).toEqual(['queries']);
});

test('one that is there is replaced only when that is said, and keeps its comments', async () => {
  await save('mine');
  await expect(save('mine')).rejects.toMatchObject({ code: 'already-exists' });
  await writeFile(file('mine'), `# for the audit\n${await readFile(file('mine'), 'utf8')}`);
  await save('mine', true, 'RETURN 2');
  expect(await readFile(file('mine'), 'utf8')).toMatch(/^# for the audit\n/);
  expect((await queries.get({ name: 'mine' }, call)).cypher).toBe('RETURN 2');
});

test('a query is renamed and deleted; what is not there is said', async () => {
  await save('mine');
  await save('other');
  await expect(queries.rename({ name: 'mine', to: 'other' }, call)).rejects.toMatchObject({ code: 'already-exists' });
  await queries.rename({ name: 'mine', to: 'ours' }, call);
  expect(await readdir(path.join(root, 'queries'))).toEqual(['other.yaml', 'ours.yaml']);
  expect(await queries.get({ name: 'ours' }, call)).toMatchObject({ name: 'ours', cypher });
  await queries.remove({ name: 'ours' }, call);
  for (const ask of [queries.get, queries.remove]) {
    await expect(ask({ name: 'ours' }, call)).rejects.toMatchObject({ code: 'not-found' });
  }
});

test('those that come with Groundplan only read, and cannot be changed', async () => {
  const { queries: given } = await queries.list(undefined, call);
  expect(given.length).toBeGreaterThan(5);
  for (const query of given) expect(guardReadOnly(query.cypher)).toBe(query.cypher);
  await expect(save('resources-by-kind')).rejects.toMatchObject({ code: 'already-exists' });
  await expect(queries.remove({ name: 'resources-by-kind' }, call)).rejects.toMatchObject({ code: 'already-exists' });
});

test.each([
  ['broken', 'query: [', 'queries/broken.yaml'],
  ['other-name', 'query: mine\ncypher: RETURN 1\n', 'queries/other-name.yaml'],
  ['no-cypher', 'query: no-cypher\n', 'queries/no-cypher.yaml'],
  ['Bad Name', 'query: x\ncypher: RETURN 1\n', 'queries/Bad Name.yaml'],
])('a file %s that is no query is told, and the rest is there', async (name, text, named) => {
  await save('mine');
  await mkdir(path.join(root, 'queries'), { recursive: true });
  await writeFile(file(name), text);
  const { queries: all, problems } = await queries.list(undefined, call);
  expect(all.filter(({ given }) => !given).map((query) => query.name)).toEqual(['mine']);
  expect(problems.map((problem) => problem.file)).toEqual([named]);
});

test.each(['../mine', 'a/b', '', 'UPPER'])('%j is no name of a file', async (name) => {
  await expect(queries.get({ name }, call)).rejects.toThrow(/lower-case letters/);
});
