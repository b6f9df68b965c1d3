import { measureGraph } from './graph-figures.ts';
import { median, percentile, type BenchResult } from './result.ts';

const resources = 100_000;

/** Asking a large graph, in a process that does what the engine does: building, warming up, answering. */
export async function benchQuestions(): Promise<BenchResult[]> {
  const figures = await measureGraph(resources);
  const spread = (times: readonly number[]) => ({ median: median(times), p95: percentile(times, 95), unit: 'ms' });
  const once = (milliseconds: number) => ({ median: milliseconds, unit: 'ms' });
  return [
    {
      name: 'blast radius to three hops, 100,000 resources',
      ...spread(figures.walks),
      aim: 'p95 under 20 ms',
      method: 'service call, 500 told with their reasons, 60 hubs (VPC, key, role) and 140 machines',
    },
    {
      name: 'find by id, name, address and tag, 100,000 resources',
      ...spread(figures.finds),
      aim: 'p95 under 20 ms',
      method: '160 searches, each another, page of 200 and its total with why each matched',
    },
    {
      name: 'first search after a build',
      ...once(figures.firstSearch),
      aim: 'under 20 ms',
      method: `once warmed up, which took ${figures.warming.toFixed(0)} ms beside other work`,
    },
    {
      name: 'longest turn of the event loop while a graph is built',
      ...once(figures.longestBuildTurn),
      aim: 'under 50 ms',
      method: `of the process that answers, warming up included; the longest while as long nothing was done: ${figures.longestIdleTurn.toFixed(1)} ms`,
    },
    {
      name: 'memory of building 100,000 resources, and of answering about them',
      median: figures.buildMemory,
      unit: 'MiB',
      aim: '',
      method: `of the process that builds; the one that answers had at most ${figures.answeringMemory} MiB until it was warmed up`,
    },
    {
      name: 'drawing of the whole estate, first time',
      ...once(figures.drawing),
      aim: '',
      method: 'groups by account and region with the relationships between them',
    },
    {
      name: 'patterns of the whole estate',
      ...once(figures.patterns),
      aim: '',
      method: 'reading 100,000 resources without bodies and 300,000 relationships, and comparing all places',
    },
    {
      name: 'one account and region with bodies, for comparing',
      ...once(figures.slice),
      aim: '',
      method: 'from the facts on disk, bodies of that place only',
    },
  ];
}
