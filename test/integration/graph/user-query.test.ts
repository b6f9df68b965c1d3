import { existsSync } from 'node:fs';
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

  test.each([
    ['MATCH (r:Resourse) RETURN r', 'Resourse'],
    ['MATCH (r:Resource) RETURN r.nothing', 'nothing'],
    ['MATCH (r:Resource RETURN r', 'MATCH'],
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

  test('cannot write the graph or reach a file', async () => {
    const target = join(graph.folder, 'stolen.csv');
    for (const cypher of [
      "CREATE (r:Resource {id: 'x'})",
      'MATCH (r:Resource) DETACH DELETE r',
      `COPY (MATCH (r:Resource) RETURN r.id) TO '${target}'`,
      "LOAD FROM '/etc/passwd' RETURN *",
      `EXPORT DATABASE '${target}'`,
      "ATTACH 'x' AS x (dbtype kuzu)",
      'CALL threads = 1',
    ]) {
      await expect(query(cypher)).rejects.toMatchObject({ code: 'query-not-read-only' });
    }
    expect(existsSync(target)).toBe(false);
    expect((await query('MATCH (r:Resource) RETURN count(*) AS n')).rows).toEqual([{ n: 3000 }]);
  });

  test('could not write even if a word slipped through: the file is opened read-only', async () => {
    await expect(graph.store.read("CREATE (r:Resource {id: 'x'})")).rejects.toMatchObject({
      code: 'query-not-read-only',
    });
  });
});
