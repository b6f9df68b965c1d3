import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createFactStore } from '../../src/main/engine/graph/facts/index.ts';
import { writeGeneratedEstate } from '../../test/support/estate/generate.ts';

/** What a process measured that built a graph and asked it. Times in milliseconds. */
export interface GraphFigures {
  /** The first build, and the one after it. */
  readonly builds: readonly number[];
  /** The most memory the processes had that built, and this one until it was warmed up, in MiB. */
  readonly buildMemory: number;
  readonly answeringMemory: number;
  /**
   * The longest turn of the event loop from the beginning of the first build until all is warmed up, and during as
   * long a time of doing nothing.
   */
  readonly longestBuildTurn: number;
  readonly longestIdleTurn: number;
  /** Computing after a build what the first answers need, and the first search after that. */
  readonly warming: number;
  readonly firstSearch: number;
  /** Blast radii to three hops, hubs among them. */
  readonly walks: readonly number[];
  /** Searches by id, name, address and tag, each another. */
  readonly finds: readonly number[];
  readonly drawing: number;
  /** Looking for patterns over the whole estate, and reading one account and region with its bodies. */
  readonly patterns: number;
  readonly slice: number;
}

/** Writes the facts of a generated estate and lets a process of its own build and ask its graph. */
export async function measureGraph(resources: number): Promise<GraphFigures> {
  const folder = await mkdtemp(path.join(tmpdir(), 'groundplan-bench-'));
  try {
    const facts = createFactStore({
      root: path.join(folder, 'facts'),
      clock: { now: () => Date.now() },
      logger: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
      appVersion: '0.0.0',
    });
    await writeGeneratedEstate(facts, { resources, relationships: 3 * resources, cellsAtOnce: 4 });
    return JSON.parse(await runProgram([path.join(folder, 'facts'), path.join(folder, 'graph')])) as GraphFigures;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function runProgram(args: readonly string[]): Promise<string> {
  const program = path.join(import.meta.dirname, 'graph-program.ts');
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(text);
      else reject(new Error(`Building and asking the graph ended with code ${code ?? 'none'}.`));
    });
  });
}
