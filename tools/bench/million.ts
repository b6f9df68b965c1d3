import { measureGraph } from './graph-figures.ts';
import { median, percentile, type BenchResult } from './result.ts';

const [small, large] = [100_000, 1_000_000];

/** A million resources against a tenth of it, each in a process of its own. */
export async function benchMillion(): Promise<BenchResult[]> {
  const base = await measureGraph(small);
  const figures = await measureGraph(large);
  return [
    {
      name: 'graph build, 1,000,000 resources and 3,000,000 relationships',
      median: median(figures.builds) / 1000,
      unit: 's',
      ratio: median(figures.builds) / median(base.builds),
      aim: 'at most 45 s, at most 12 × the build of 100,000',
      method: `two builds, against two of 100,000 resources (${(median(base.builds) / 1000).toFixed(2)} s) in the same run`,
    },
    {
      name: 'memory of building 1,000,000 resources',
      median: figures.buildMemory,
      unit: 'MiB',
      aim: 'at most 4,096 MiB',
      method: 'the most the building process had in memory, the database in it included',
    },
    {
      name: 'memory of answering about 1,000,000 resources',
      median: figures.answeringMemory,
      unit: 'MiB',
      aim: '',
      method: 'the most the answering process had until it was warmed up',
    },
    {
      name: 'longest turn of the event loop while a million is built',
      median: figures.longestBuildTurn,
      unit: 'ms',
      aim: 'under 50 ms',
      method: `of the process that answers, warming up included; the longest while as long nothing was done: ${figures.longestIdleTurn.toFixed(1)} ms`,
    },
    {
      name: 'blast radius to three hops, 1,000,000 resources',
      median: median(figures.walks),
      p95: percentile(figures.walks, 95),
      unit: 'ms',
      aim: 'p95 under 50 ms',
      method: 'service call, 500 told with their reasons, 60 hubs (VPC, key, role) and 140 machines',
    },
    {
      name: 'find by id, name, address and tag, 1,000,000 resources',
      median: median(figures.finds),
      p95: percentile(figures.finds, 95),
      unit: 'ms',
      aim: '',
      method: '160 searches, each another',
    },
  ];
}
