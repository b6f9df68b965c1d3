import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createQuestionsService } from '#engine/graph/estate/index.ts';
import { createEstateInTime, createLookedAt, createPastEstates } from '#engine/graph/history/index.ts';
import { openGraphStore } from '#engine/graph/kuzu/index.ts';
import type { EstateService, QuestionsService } from '#engine/ports/index.ts';
import { estateFilterSchema } from '#shared/model/index.ts';
import { recordingLogger } from '#test/support/estate/recording-logger.ts';
import { relationship, resource, writeRun } from '#test/support/estate/small-estate.ts';
import { openTestGraph, type TestGraph } from '#test/support/estate/test-graph.ts';

const scope = 'aws:account:111111111111';
const kind = 'aws.ec2.vpc';
const sort = { by: 'name', descending: false } as const;
const filter = estateFilterSchema.parse({});

let graph: TestGraph;
let folder: string;
let builds: number;
let past: ReturnType<typeof createPastEstates>;
let estate: EstateService;
let questions: QuestionsService;

function open(): void {
  past = createPastEstates({
    facts: graph.facts,
    folder,
    openStore: (path) => {
      builds += 1;
      return openGraphStore({ folder: path, logger: recordingLogger() });
    },
    workspace: { notify: () => {} },
    lookedAt: createLookedAt({ now: () => 1 }),
  });
  ({ estate, questions } = createEstateInTime(
    { estate: graph.service, questions: createQuestionsService(graph) },
    past,
  ));
}

beforeEach(async () => {
  graph = await openTestGraph();
  folder = join(graph.folder, 'past');
  builds = 0;
  open();
});
afterEach(async () => {
  await past.close();
  await graph.close();
});

function vpc(name: string, size = 1) {
  return resource({ id: `arn:vpc/${name}`, kind, raw: { Size: size } });
}

async function namesAsOf(asOf: number | null): Promise<readonly string[]> {
  const { rows } = await estate.search({ asOf, filter, sort, offset: 0, limit: 100 }, graph.call);
  return rows.map(({ name, stale }) => `${name}${stale ? ' (stale)' : ''}`);
}

describe('the estate as of a run', () => {
  test('is what all runs up to it knew, stale facts included', async () => {
    await writeRun(graph.facts, [{ scope, kind, resources: [vpc('a'), vpc('b')] }]);
    await writeRun(graph.facts, [{ scope, kind, status: 'denied', resources: [vpc('c')] }]);
    await writeRun(graph.facts, [{ scope, kind, resources: [vpc('a', 2)] }]);
    expect(await namesAsOf(null)).toEqual(['a']);
    expect(await namesAsOf(1)).toEqual(['a', 'b']);
    expect(await namesAsOf(2)).toEqual(['a (stale)', 'b (stale)', 'c']);
    expect(await estate.stats({ asOf: 1 }, graph.call)).toMatchObject({ resources: 2, runs: 1 });
    expect(await estate.resource({ asOf: 1, id: 'arn:vpc/a' }, graph.call)).toMatchObject({
      raw: { Size: 1 },
      history: [{ run: 1 }],
    });
    expect(await estate.resource({ id: 'arn:vpc/a' }, graph.call)).toMatchObject({ raw: { Size: 2 } });
    const cypher = 'MATCH (r:Resource) RETURN count(*) AS number';
    const asked = await estate.query({ asOf: 2, cypher, limit: 10, timeoutMs: 10_000 }, graph.call);
    expect(asked.rows).toEqual([{ number: 3 }]);
  });

  test('answers questions of that time', async () => {
    const subnet = resource({ id: 'arn:subnet/a', kind: 'aws.ec2.subnet' });
    const relationships = [relationship(subnet.id, 'IN_NETWORK', 'arn:vpc/a')];
    await writeRun(graph.facts, [
      { scope, kind, resources: [vpc('a')] },
      { scope, kind: 'aws.ec2.subnet', resources: [subnet], relationships },
    ]);
    await writeRun(graph.facts, [{ scope, kind: 'aws.ec2.subnet', resources: [] }]);
    const asked = { ids: ['arn:vpc/a'], hops: 3, direction: 'dependents', limit: 10 } as const;
    const total = async (asOf: number | null) =>
      (await questions.blastRadius({ ...asked, ids: [...asked.ids], asOf }, graph.call)).total;
    expect([await total(null), await total(1)]).toEqual([0, 1]);
  });

  test('of a run that never was is told', async () => {
    await expect(namesAsOf(4)).rejects.toMatchObject({ code: 'not-found', message: 'There is no run 4.' });
  });

  test('is built once, kept over a new start, and only a few are kept', async () => {
    for (let run = 1; run <= 5; run += 1) {
      await writeRun(graph.facts, [{ scope, kind, resources: [vpc(`vpc-${run}`)] }]);
    }
    await Promise.all([namesAsOf(1), namesAsOf(1), namesAsOf(1)]);
    expect(builds).toBe(1);
    for (const run of [2, 3, 4]) expect(await namesAsOf(run)).toEqual([`vpc-${run}`]);
    expect((await readdir(folder)).map((name) => name.replace(/-[0-9a-f]+$/, '')).toSorted()).toEqual([
      'run-2',
      'run-3',
      'run-4',
    ]);
    await past.close();
    open();
    expect(await namesAsOf(4)).toEqual(['vpc-4']);
    expect(await readdir(folder)).toHaveLength(1);
  });
});
