import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Connection, Database } from 'kuzu';
import { createEstateService, createGraphBuilder } from '../../src/main/engine/graph/estate/index.ts';
import { createFactStore } from '../../src/main/engine/graph/facts/index.ts';
import { openGraphStore } from '../../src/main/engine/graph/kuzu/index.ts';
import type { EstateService, GraphBuilder, GraphStore, Logger } from '../../src/main/engine/ports/index.ts';
import { nodeTables, relationshipTables, tableDefinitions } from '../../src/main/engine/graph/schema/tables.ts';
import { estateFilterSchema } from '../../src/shared/model/index.ts';
import { writeGeneratedEstate } from '../../test/support/estate/generate.ts';
import { createWatchedBuilds } from './build-apart.ts';
import { median, percentile, type BenchResult } from './result.ts';

const size = { resources: 100_000, relationships: 300_000 };
const buildRounds = 5;
const silent: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const signal = new AbortController().signal;
const anyWay: { types: []; direction: 'both' } = { types: [], direction: 'both' };
const call = { signal, actor: { kind: 'command-line', name: 'bench' } } as const;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Writes every row of the built graph as CSV and returns the statements that load them again: the bare work. */
async function exportRows(store: GraphStore, folder: string): Promise<readonly string[]> {
  const copies: string[] = [];
  async function add(
    pattern: string,
    columns: readonly string[],
    target: { table: string; ends: string },
  ): Promise<void> {
    const counted = await store.read(`MATCH ${pattern} RETURN count(*) AS number`);
    if (counted.rows[0]?.['number'] === 0) return;
    const file = path.join(folder, `${copies.length}.csv`);
    await store.read(`COPY (MATCH ${pattern} RETURN ${columns.join(', ')}) TO '${file}' (header=false)`);
    copies.push(`COPY ${target.table} FROM '${file}' (header=false, auto_detect=false, escape='"'${target.ends})`);
  }
  for (const { name, columns } of nodeTables) {
    const named = columns.map(([column]) => `n.${column}`);
    await add(`(n:${name})`, named, { table: name, ends: '' });
  }
  for (const { name, pairs, columns } of relationshipTables) {
    const named = ['a.id', 'b.id', ...columns.map(([column]) => `e.${column}`)];
    for (const [from, to] of pairs) {
      const ends = `, from='${from}', to='${to}'`;
      await add(`(a:${from})-[e:${name}]->(b:${to})`, named, { table: name, ends });
    }
  }
  return copies;
}

/** Tables, one COPY each, checkpoint: what the database alone needs for the same rows, with the same options. */
async function bareLoad(folder: string, copies: readonly string[]): Promise<number> {
  const file = path.join(folder, 'bare.kuzu');
  const database = new Database(file, 2 ** 30, true, false, 2 ** 36, false);
  const connection = new Connection(database, 2);
  const milliseconds = await timed(async () => {
    for (const statement of [...tableDefinitions(), ...copies, 'CHECKPOINT']) {
      const result = await connection.query(statement);
      for (const part of Array.isArray(result) ? result : [result]) part.close();
    }
  });
  await connection.close();
  await database.close();
  await rm(file, { force: true });
  return milliseconds;
}

async function benchBuild(builder: GraphBuilder, store: GraphStore, folder: string): Promise<BenchResult> {
  await builder.rebuild(signal);
  const copies = await exportRows(store, folder);
  const [bare, ours]: [number[], number[]] = [[], []];
  // Alternating, so that whatever else the machine does falls on both alike.
  for (let round = 0; round < buildRounds; round += 1) {
    bare.push(await bareLoad(folder, copies));
    ours.push(await timed(() => builder.rebuild(signal)));
  }
  return {
    name: 'graph build, 100,000 resources and 300,000 relationships',
    median: median(ours) / 1000,
    unit: 's',
    ratio: median(ours) / median(bare),
    aim: 'at most 2.5 × the bare load, under 5 s',
    method: `facts on disk to a swapped graph, against tables, COPY and checkpoint of the same rows (${(median(bare) / 1000).toFixed(2)} s), ${buildRounds} alternating rounds`,
  };
}

async function benchReads(service: EstateService, store: GraphStore): Promise<readonly BenchResult[]> {
  const hubs = await store.read(
    "MATCH (r:Resource) WHERE r.kind = 'aws.ec2.vpc' OR r.kind = 'aws.kms.key' OR r.kind = 'aws.iam.role' RETURN r.id AS id LIMIT 60",
  );
  const others = await store.read("MATCH (r:Resource) WHERE r.kind = 'aws.ec2.instance' RETURN r.id AS id LIMIT 140");
  const ids = [...hubs.rows, ...others.rows].flatMap(({ id }) => (typeof id === 'string' ? [id] : []));
  const measure = async (rounds: number, work: (round: number) => Promise<unknown>): Promise<readonly number[]> => {
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) times.push(await timed(() => work(round)));
    return times;
  };
  const line = (name: string, times: readonly number[], more: Pick<BenchResult, 'aim' | 'method'>): BenchResult => ({
    name,
    median: median(times),
    p95: percentile(times, 95),
    unit: 'ms',
    ...more,
  });
  const filter = estateFilterSchema.parse({});
  const sort = { by: 'kind', descending: false } as const;
  const firstStats = await timed(async () => service.stats(undefined, call));
  const firstWalk = await timed(async () =>
    service.neighbours({ ...anyWay, id: ids[0] ?? '', hops: 1, limit: 10 }, call),
  );
  const stats = await measure(200, async () => service.stats(undefined, call));
  const walks = await measure(ids.length, async (round) =>
    service.neighbours({ ...anyWay, id: ids[round] ?? '', hops: 3, limit: 300 }, call),
  );
  const database = await measure(60, (round) =>
    store.read(
      `MATCH (r:Resource {id: $id})-[e:IN_NETWORK|ATTACHED_TO|PROTECTED_BY|ENCRYPTED_BY|RUNS_AS* SHORTEST 1..3]-(o:Resource)
       RETURN o.id, length(e) LIMIT 300`,
      { parameters: { id: ids[round] ?? '' } },
    ),
  );
  const words = ['payments', 'env=prod', '10.1.2.3', 'subnet', 'i-00000000000000'];
  const searches = await measure(50, async (round) => {
    const searched = { ...filter, text: words[round % words.length] ?? '' };
    return service.search({ filter: searched, sort, offset: 0, limit: 200 }, call);
  });
  const drawings = await measure(20, async () => service.graphView({ filter, expanded: [], limit: 2000 }, call));
  return [
    line('stats', stats, {
      aim: 'p95 under 20 ms',
      method: `200 calls of the service; counted once per graph, the first call took ${firstStats.toFixed(0)} ms`,
    }),
    line('three-hop neighbourhood', walks, {
      aim: 'p95 under 20 ms',
      method: `service call, 300 of the nearest with their relationships, 60 hubs (VPC, key, role) and 140 machines; reading the shape once per graph took ${firstWalk.toFixed(0)} ms`,
    }),
    line('three hops in Cypher', database, {
      aim: 'p95 under 20 ms',
      method: 'one statement on the database, breadth-first, 60 hubs, 300 rows',
    }),
    line('search', searches, { aim: '', method: 'page of 200 and its total, words, tags and addresses over all rows' }),
    line('drawing of the whole estate', drawings, {
      aim: '',
      method: 'groups by account and region with the relationships between them counted',
    }),
  ];
}

/** Building and reading the graph of a generated estate, beside the bare database doing the same load. */
export async function benchGraph(): Promise<BenchResult[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'groundplan-bench-'));
  const facts = createFactStore({
    root: path.join(folder, 'facts'),
    clock: { now: () => Date.now() },
    logger: silent,
    appVersion: '0.0.0',
  });
  const { buildApart } = createWatchedBuilds();
  const store = await openGraphStore({ folder: path.join(folder, 'graph'), logger: silent, buildApart });
  try {
    const written = await timed(() => writeGeneratedEstate(facts, size));
    const overlay = { blueprintVersions: [], environments: [], deployments: [], managed: [], changed: [] };
    const builder = createGraphBuilder({
      facts,
      store,
      overlaySource: { overlay: () => Promise.resolve(overlay) },
      events: { changed: () => {} },
      workspace: { notify: () => {} },
    });
    const build = await benchBuild(builder, store, folder);
    const reads = await benchReads(createEstateService({ facts, store, builder }), store);
    const writing: BenchResult = {
      name: 'writing the facts of 100,000 resources',
      median: written / 1000,
      unit: 's',
      aim: '',
      method: 'one run through the fact store: hashing, compressing, sealing 2,800 cells',
    };
    return [build, ...reads, writing];
  } finally {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
}
