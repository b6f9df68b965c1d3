import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeGeneratedEstate } from '#test/support/estate/generate.ts';
import { openTestGraph, type TestGraph } from '#test/support/estate/test-graph.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await openTestGraph();
  await writeGeneratedEstate(graph.facts, { resources: 3000 });
  await graph.builder.rebuild(graph.signal);
});
afterAll(() => graph.close());

async function query(cypher: string, limit = 1000, timeoutMs = 10_000) {
  return graph.service.query({ cypher, limit, timeoutMs }, graph.call);
}

describe("a user's own query", () => {
  test('answers columns and rows by column', async () => {
    const { columns, rows, truncated } = await query(
      "MATCH (r:Resource) WHERE r.kind = 'aws.ec2.vpc' RETURN r.kind AS kind, count(*) AS number",
    );
    expect({ columns, rows, truncated }).toEqual({
      columns: ['kind', 'number'],
      rows: [{ kind: 'aws.ec2.vpc', number: 8 }],
      truncated: false,
    });
  });

  test('gets nodes, relationships and paths as plain values', async () => {
    const { rows } = await query(
      `MATCH p = (s:Resource)-[e:IN_NETWORK]->(v:Resource) WHERE s.kind = 'aws.ec2.subnet' RETURN s, e, p LIMIT 1`,
    );
    expect(rows[0]).toMatchObject({
      s: { _label: 'Resource', kind: 'aws.ec2.subnet' },
      e: { _label: 'IN_NETWORK', src: 'Generated', conf: 1 },
      p: { nodes: [{ kind: 'aws.ec2.subnet' }, { kind: 'aws.ec2.vpc' }], relationships: [{ _label: 'IN_NETWORK' }] },
    });
    expect(JSON.stringify(rows)).not.toContain('"_id"');
  });

  test('gets no more rows than allowed, and is told so', async () => {
    const limited = await query('MATCH (r:Resource) RETURN r.id', 10);
    expect(limited.rows).toHaveLength(10);
    expect(limited.truncated).toBe(true);
    const own = await query('MATCH (r:Resource) RETURN r.id LIMIT 5', 10);
    expect(own).toMatchObject({ truncated: false, rows: { length: 5 } });
  });

  test('is stopped when it takes too long, and the graph goes on answering', async () => {
    const slow =
      'MATCH (a:Resource), (b:Resource), (c:Resource) WHERE a.name < b.name AND b.name < c.name RETURN count(*)';
    await expect(query(slow, 10, 300)).rejects.toMatchObject({ code: 'timed-out' });
    expect((await query('MATCH (r:Resource) RETURN count(*) AS n')).rows).toEqual([{ n: 3000 }]);
  });

  test('that needs too much memory fails alone', async () => {
    const large = 'MATCH (a:Resource), (b:Resource) WITH a, collect(b.tags_json) AS all RETURN a.id, size(all)';
    await expect(query(large, 10, 60_000)).rejects.toMatchObject({
      code: expect.stringMatching(/query-failed|timed-out/),
    });
    expect((await query('MATCH (r:Resource) RETURN count(*) AS n')).rows).toEqual([{ n: 3000 }]);
  });

  test('that answers more than fits is stopped while it is read, and the graph goes on answering', async () => {
    const lists = 'MATCH (r:Resource) RETURN list_sort(range(1, 100000)), r.id';
    await expect(query(lists, 1000, 600_000)).rejects.toMatchObject({
      code: 'query-failed',
      message: expect.stringMatching(/^The answer is larger than 64 MiB after \d+ rows\.$/),
    });
    expect((await query('MATCH (r:Resource) RETURN count(*) AS n')).rows).toEqual([{ n: 3000 }]);
  });

  test.each([
    ['MATCH (r:Resourse) RETURN r', 'Resourse'],
    ['MATCH (r:Resource) RETURN r.nothing', 'nothing'],
    ['MATCH (r:Resource RETURN r', '“RETURN” (line 1, column 19)'],
    ['  // nothing', 'The query is empty.'],
  ])('that is wrong says what: %s', async (cypher, named) => {
    await expect(query(cypher)).rejects.toMatchObject({
      code: 'query-failed',
      message: expect.stringContaining(named),
    });
  });

  test('is told how to find the right names, and that way works', async () => {
    await expect(query('MATCH (r:Resourse) RETURN r')).rejects.toMatchObject({
      advice: expect.stringMatching(/CALL show_tables\(\) RETURN \*.*CALL table_info\('Resource'\) RETURN \*/),
    });
    expect((await query('CALL show_tables() RETURN *')).rows).toContainEqual(
      expect.objectContaining({ name: 'Resource' }),
    );
    expect((await query("CALL table_info('Resource') RETURN *")).rows).toContainEqual(
      expect.objectContaining({ name: 'native_id' }),
    );
  });

  test('that is wrong names the place, behind comments too', async () => {
    await expect(query('/* all\nof it */ MATCH (r:Resource)\n  RETURN r.nothing // so\n')).rejects.toMatchObject({
      code: 'query-failed',
      details: { line: 3, column: 12, word: 'nothing' },
    });
  });

  test('that answers nodes and relationships comes with a picture of them', async () => {
    const { drawing } = await query(
      "MATCH (s:Resource)-[e:IN_NETWORK]->(v:Resource) WHERE s.kind = 'aws.ec2.subnet' RETURN s, e, v LIMIT 3",
    );
    expect(drawing?.nodes.map(({ kind }) => kind)).toContain('aws.ec2.vpc');
    expect(drawing?.edges).toHaveLength(3);
    const ids = new Set(drawing?.nodes.map(({ id }) => id));
    for (const { from, to } of drawing?.edges ?? []) expect([ids.has(from), ids.has(to)]).toEqual([true, true]);
    expect((await query('MATCH (r:Resource) RETURN r.id LIMIT 3')).drawing).toBeNull();
  });

  describe('cannot write the graph or reach a file', () => {
    const target = () => join(graph.folder, 'stolen');

    test.each([
      ['changing data', "CREATE (r:Resource {id: 'x'})"],
      ['deleting', 'MATCH (r:Resource) DETACH DELETE r'],
      ['changing behind a comment', "MATCH (r:Resource) /* only reading */ SET r.name = 'x' RETURN r"],
      ['changing under another case', "MATCH (r:Resource) sEt r.name = 'x'"],
      ['writing a file', "COPY (MATCH (r:Resource) RETURN r.id) TO 'TARGET.csv'"],
      ['writing a file under PROFILE', "PROFILE COPY (MATCH (r:Resource) RETURN r.id) TO 'TARGET.csv'"],
      ['reading a file', "LOAD FROM '/etc/passwd' RETURN *"],
      ['reading a file with headers', "LOAD WITH HEADERS (a STRING) FROM '/etc/passwd' RETURN *"],
      ['reading a file into a table', "COPY Resource FROM '/etc/passwd'"],
      ['exporting the database', "EXPORT DATABASE 'TARGET'"],
      ['importing one', "IMPORT DATABASE 'TARGET'"],
      ['attaching another', "ATTACH 'TARGET' AS x (dbtype kuzu)"],
      ['installing an extension', 'INSTALL httpfs'],
      ['forcing an extension', 'FORCE INSTALL httpfs'],
      ['loading an extension', "LOAD EXTENSION 'TARGET.so'"],
      ['changing a setting', 'CALL threads = 1'],
      ['changing where extensions come from', "CALL file_search_path = '/'"],
      ['making an index', "CALL CREATE_FTS_INDEX('Resource', 'i', ['name'])"],
      ['making a projected graph', "CALL project_graph('g', ['Resource'], ['CONTAINS'])"],
      ['making a macro', 'CREATE MACRO m(x) AS x + 1'],
      ['making a sequence', 'CREATE SEQUENCE s'],
      ['a transaction', 'BEGIN TRANSACTION'],
      ['a checkpoint', 'CHECKPOINT'],
    ])('by %s', async (_what, cypher) => {
      const before = await readdir(graph.folder, { recursive: true });
      await expect(query(cypher.replaceAll('TARGET', target()))).rejects.toMatchObject({ code: 'query-not-read-only' });
      expect(await readdir(graph.folder, { recursive: true })).toEqual(before);
      expect((await query('MATCH (r:Resource) RETURN count(*) AS n')).rows).toEqual([{ n: 3000 }]);
    });

    test.each([
      ['a second statement', "RETURN 1; CREATE (r:Resource {id: 'x'})"],
      ['a second statement behind a comment', "RETURN 1 /* ; */ ; COPY (RETURN 1) TO 'TARGET.csv'"],
      ['a second statement that only reads', 'RETURN 1; RETURN 2'],
    ])('by %s', async (_what, cypher) => {
      await expect(query(cypher.replaceAll('TARGET', target()))).rejects.toMatchObject({
        code: 'query-failed',
        message: expect.stringContaining('One statement at a time'),
      });
      expect(existsSync(`${target()}.csv`)).toBe(false);
    });
  });

  test('could not write even if a word slipped through: the file is opened read-only', async () => {
    await expect(graph.store.read("CREATE (r:Resource {id: 'x'})")).rejects.toMatchObject({
      code: 'query-not-read-only',
    });
  });
});
