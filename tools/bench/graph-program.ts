import { setTimeout } from 'node:timers/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createEstateReader as createPatternsReader } from '../../src/main/engine/extraction/index.ts';
import {
  createEstateService,
  createGraphAccess,
  createGraphBuilder,
  createQuestionsService,
  warmUp,
} from '../../src/main/engine/graph/estate/index.ts';
import { createFactStore } from '../../src/main/engine/graph/facts/index.ts';
import { openGraphStore } from '../../src/main/engine/graph/kuzu/index.ts';
import { createPauses } from '../../src/main/engine/graph/shape/index.ts';
import { findPatterns } from '../../src/main/engine/patterns/index.ts';
import type { Logger } from '../../src/main/engine/ports/index.ts';
import { cellText } from '../../src/shared/base/csv.ts';
import { estateFilterSchema } from '../../src/shared/model/index.ts';
import { createWatchedBuilds } from './build-apart.ts';
import type { GraphFigures } from './graph-figures.ts';

// A process of its own that builds a graph from facts and asks it: `node graph-program.ts FACTS GRAPH`. Its memory is
// then what building and asking needs, and nothing else. Prints its figures as JSON.

const [factsFolder = '', graphFolder = ''] = process.argv.slice(2);
const silent: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const { signal } = new AbortController();
const call = { signal, actor: { kind: 'command-line', name: 'bench' } } as const;
/** Until the process that was just started has nothing left to do, in milliseconds. */
const settling = 2000;
const sort = { by: 'kind', descending: false } as const;

async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** The longest turn of the event loop while some work runs, in milliseconds. */
async function longestTurn(work: () => Promise<unknown>): Promise<number> {
  const delays = monitorEventLoopDelay({ resolution: 5 });
  delays.enable();
  // So that the first look at the clock is before the work.
  await setTimeout(20);
  await work();
  await setTimeout(20);
  delays.disable();
  return delays.max / 1e6;
}

async function main(): Promise<GraphFigures> {
  const clock = { now: () => Date.now() };
  const facts = createFactStore({ root: factsFolder, clock, logger: silent, appVersion: '0.0.0' });
  const { buildApart, peak } = createWatchedBuilds();
  const store = await openGraphStore({ folder: graphFolder, logger: silent, buildApart });
  const overlay = { blueprintVersions: [], environments: [], deployments: [], managed: [], changed: [] };
  const builder = createGraphBuilder({
    facts,
    store,
    overlaySource: { overlay: () => Promise.resolve(overlay) },
    events: { changed: () => {} },
    workspace: { notify: () => {} },
  });
  const graph = createGraphAccess({ store, builder });
  const deps = { facts, store, builder, graph };
  const estate = createEstateService(deps);
  const questions = createQuestionsService(deps);

  // What begins with the modules themselves (a parser starts by itself) is no part of building a graph.
  await setTimeout(settling);
  let [build, warming] = [0, 0];
  const longestBuildTurn = await longestTurn(async () => {
    build = await timed(() => builder.rebuild(signal));
    warming = await timed(() => warmUp(graph, signal));
  });
  const idle = await longestTurn(() => setTimeout(build + warming));
  const answeringMemory = process.resourceUsage().maxRSS / 1024;
  // Twice: what the second build finds in memory and on disk is what a user's next run finds.
  const builds = [build, await timed(() => builder.rebuild(signal))];
  await warmUp(graph, signal);

  const search = (text: string) =>
    estate.search({ filter: estateFilterSchema.parse({ text }), sort, offset: 0, limit: 200 }, call);
  const firstSearch = await timed(() => search('payments-1'));
  const idsOf = async (where: string, limit: number): Promise<readonly { id: string; name: string; ip: string }[]> => {
    const { rows } = await store.read(
      `MATCH (r:Resource) WHERE ${where} RETURN r.id AS id, r.name AS name, r.ip AS ip LIMIT ${limit}`,
    );
    return rows.map((row) => ({ id: cellText(row['id']), name: cellText(row['name']), ip: cellText(row['ip']) }));
  };
  const hubs = await idsOf("r.kind IN ['aws.ec2.vpc', 'aws.kms.key', 'aws.iam.role']", 60);
  const machines = await idsOf("r.kind = 'aws.ec2.instance' AND r.ip IS NOT NULL", 140);
  const walks: number[] = [];
  for (const { id } of [...hubs, ...machines]) {
    const asked = { ids: [id], hops: 3, direction: 'dependents', limit: 500 } as const;
    walks.push(await timed(() => questions.blastRadius({ ...asked, ids: [id] }, call)));
  }
  const finds: number[] = [];
  // Every search another, because what was found once is kept.
  for (const [round, { id, name, ip }] of machines.slice(0, 40).entries()) {
    for (const text of [id, name, ip, `team=team-${round}`]) finds.push(await timed(() => search(text)));
  }
  const filter = estateFilterSchema.parse({});
  const drawing = await timed(() => estate.graphView({ filter, expanded: [], limit: 2000 }, call));

  const reader = createPatternsReader(facts);
  let outline: Awaited<ReturnType<typeof reader.outline>> | undefined;
  const patterns = await timed(async () => {
    outline = await reader.outline(signal);
    await findPatterns(outline, 0.6, createPauses(signal));
  });
  const first = outline?.resources.find(({ region }) => region !== 'global');
  const place = { scopes: [first?.scopeId ?? ''], regions: [first?.region ?? ''], ids: [] };
  const slice = await timed(() => reader.slice(place, signal));
  await store.close();
  return {
    builds,
    buildMemory: Math.round(peak()),
    answeringMemory: Math.round(answeringMemory),
    longestBuildTurn,
    longestIdleTurn: idle,
    warming,
    firstSearch,
    walks,
    finds,
    drawing,
    patterns,
    slice,
  };
}

process.stdout.write(JSON.stringify(await main()));
process.exit(0);
