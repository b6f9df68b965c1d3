import { execFile } from 'node:child_process';
import { glob, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Json } from '../../src/shared/base/json.ts';
import type { ResourceFact } from '../../src/shared/model/index.ts';
import { createFactStore } from '../../src/main/engine/graph/facts/index.ts';
import type { Logger } from '../../src/main/engine/ports/index.ts';
import { writeGeneratedEstate, type Fate } from '../../test/support/estate/generate.ts';
import type { ComparedTimes } from './history-program.ts';
import { median, type BenchResult } from './result.ts';

const size = { resources: 100_000, relationships: 300_000, cellsAtOnce: 4 };
const rounds = 3;
/** In one process: the first with code that has never run, as on the command line, the others as in the engine. */
const comparisons = 4;
const silent: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const unpack = promisify(gunzip);
const run = promisify(execFile);

function withField(fact: ResourceFact, name: string, value: Json): ResourceFact {
  const { raw } = fact;
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return fact;
  return { ...fact, raw: { ...raw, [name]: value } };
}

/** The later runs, each beside the first one. */
const laterRuns: readonly { readonly name: string; readonly fate: Fate }[] = [
  { name: 'nothing changed', fate: (fact) => fact },
  {
    name: '2 % changed, 1 % gone, 1 % new',
    fate: (fact, serial) => {
      if (serial % 100 === 1) return null;
      if (serial % 100 === 2) return withField({ ...fact, id: `${fact.id}-new` }, 'New', true);
      return serial % 50 === 3 ? withField(fact, 'Size', serial) : fact;
    },
  },
  {
    name: '10 % changed, all over',
    fate: (fact, serial) => (serial % 10 === 3 ? withField(fact, 'Size', serial) : fact),
  },
  {
    name: 'a field that does not count changed everywhere',
    fate: (fact, serial) => withField(fact, 'Etag', String(serial)),
  },
  { name: 'everything changed', fate: (fact, serial) => withField(fact, 'Size', serial) },
];

/** Comparing two runs of a large estate, each time with nothing read before. */
export async function benchHistory(): Promise<BenchResult[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'groundplan-bench-'));
  const facts = path.join(folder, 'facts');
  try {
    const writer = createFactStore({
      root: facts,
      clock: { now: () => Date.now() },
      logger: silent,
      appVersion: '0.0.0',
    });
    // Most of the time goes by here: six runs of some seconds each.
    await writeGeneratedEstate(writer, size);
    for (const { fate } of laterRuns) await writeGeneratedEstate(writer, size, fate);
    const results: BenchResult[] = [];
    for (const [index, { name }] of laterRuns.entries()) results.push(await benchPair({ facts, name, to: index + 2 }));
    return results;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Pair {
  readonly facts: string;
  /** What happened between the two runs. */
  readonly name: string;
  /** The later run; the earlier one is the first. */
  readonly to: number;
}

/** Milliseconds to read and unpack everything two runs wrote, one file after the other: what any reader has to do. */
async function unpackRuns(facts: string, runs: readonly number[]): Promise<number> {
  const started = performance.now();
  for (const run of runs) {
    const folder = path.join(facts, String(run).padStart(6, '0'));
    for await (const file of glob('*/*.gz', { cwd: folder })) await unpack(await readFile(path.join(folder, file)));
  }
  return performance.now() - started;
}

/** Compares in a process of its own, as the command line does, and as often again as the engine might. */
async function compareApart(facts: string, to: number): Promise<ComparedTimes> {
  const program = path.join(import.meta.dirname, 'history-program.ts');
  const args = ['--disable-warning=ExperimentalWarning', program, facts, String(to), String(comparisons)];
  const { stdout } = await run(process.execPath, args);
  return JSON.parse(stdout) as ComparedTimes;
}

const seconds = (times: readonly number[]): string => (median(times) / 1000).toFixed(2);

async function benchPair({ facts, name, to }: Pair): Promise<BenchResult> {
  const bare: number[] = [];
  const apart: ComparedTimes[] = [];
  for (let round = 0; round < rounds; round += 1) {
    bare.push(await unpackRuns(facts, [1, to]));
    apart.push(await compareApart(facts, to));
  }
  const times = apart.flatMap(({ compared }) => compared);
  const first = apart.flatMap(({ compared }) => compared.slice(0, 1));
  const pages = apart.flatMap(({ paged }) => paged);
  const found = apart[0]?.differences ?? 0;
  return {
    name: `compare two runs of 100,000 resources, ${name}`,
    median: median(times) / 1000,
    unit: 's',
    ratio: median(times) / median(bare),
    aim: 'under 1 s',
    method: `from the files on disk, the ledgers of all six runs included, against unpacking all files of both runs (${seconds(bare)} s), ${rounds} alternating rounds of ${comparisons} comparisons in a process of their own, whose first took ${seconds(first)} s; ${found.toLocaleString('en')} differences, and the attributes of 200 of them in another ${median(pages).toFixed(0)} ms`,
  };
}
