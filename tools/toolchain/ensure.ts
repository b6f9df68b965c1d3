import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { totalmem } from 'node:os';
import path from 'node:path';
import { AppError, toAppError } from '#shared/errors/index.ts';
import { buildTool } from './build/index.ts';
import { withLock } from './build-lock.ts';
import { buildNoteName, cacheDirectory, locateTool, toolFolderName, type ToolPlace } from './cache.ts';
import { findRecipe, recipes, type Recipe } from './recipes.ts';

export interface EnsureOptions {
  /** Gets every line worth telling: what is built, how long it takes, what waits, what failed. */
  readonly log: (line: string) => void;
  readonly signal?: AbortSignal;
  /** How many builds run side by side; by default two, or one on a machine with little memory. */
  readonly jobs?: number;
}

/** What became of one tool. */
export type EnsuredTool = ToolPlace & {
  readonly status: 'present' | 'built' | 'failed';
  readonly seconds: number;
  readonly error: AppError | null;
};

const memoryForTwoBuilds = 6e9;
const progressMilliseconds = 60_000;

/**
 * Sees to it that the named tools (all of them when none is named) are there, building what is
 * missing. One tool that cannot be had does not keep the others from being built: look for
 * `status: 'failed'` in what comes back. A tool is built under a name of its own and renamed when
 * it is whole; two runs at once share the work through a lock per tool.
 *
 * @throws AppError `bad-input` for an unknown name, and the signal's reason when cancelled.
 */
export async function ensureToolchain(names: readonly string[], options: EnsureOptions): Promise<EnsuredTool[]> {
  const wanted = names.length === 0 ? recipes : names.map(recipeNamed);
  const queue = [...new Set(wanted)];
  const results = new Map<Recipe, EnsuredTool>();
  const worker = async (): Promise<void> => {
    for (let recipe = queue.shift(); recipe !== undefined; recipe = queue.shift()) {
      results.set(recipe, await ensureTool(recipe, options));
    }
  };
  const jobs = options.jobs ?? (totalmem() < memoryForTwoBuilds ? 1 : 2);
  await Promise.all(Array.from({ length: jobs }, worker));
  options.signal?.throwIfAborted();
  return [...new Set(wanted)].flatMap((recipe) => results.get(recipe) ?? []);
}

function recipeNamed(name: string): Recipe {
  const recipe = findRecipe(name);
  if (recipe !== undefined) return recipe;
  throw new AppError('bad-input', `There is no tool named "${name}" in the toolchain.`, {
    advice: `The tools are ${recipes.map((known) => known.name).join(', ')}.`,
    details: { name },
  });
}

async function ensureTool(recipe: Recipe, options: EnsureOptions): Promise<EnsuredTool> {
  const found = locateTool(recipe);
  if (found.present) return { ...found, status: 'present', seconds: 0, error: null };
  const label = `${recipe.title} ${recipe.version}`;
  const log = (line: string): void => options.log(`${label}: ${line}`);
  const signal = options.signal ?? new AbortController().signal;
  const started = performance.now();
  const elapsed = (): number => Math.round((performance.now() - started) / 1000);
  try {
    const status = await buildUnderLock(recipe, { log, signal });
    const note = status === 'built' ? `ready after ${duration(elapsed())}` : 'built by the other run';
    log(note);
    return { ...locateTool(recipe), status, seconds: elapsed(), error: null };
  } catch (thrown) {
    if (signal.aborted) throw signal.reason;
    const error = toAppError(thrown);
    log(`FAILED after ${duration(elapsed())}: ${error.message}${error.advice === null ? '' : `\n  ${error.advice}`}`);
    return { ...found, status: 'failed', seconds: elapsed(), error };
  }
}

interface BuildOptions {
  readonly log: (line: string) => void;
  readonly signal: AbortSignal;
}

async function buildUnderLock(recipe: Recipe, options: BuildOptions): Promise<'built' | 'present'> {
  const lock = path.join(cacheDirectory(), '.locks', `${toolFolderName(recipe)}.lock`);
  const onWait = (): void => options.log('another run is building it; waiting for that one');
  return withLock(lock, { signal: options.signal, onWait }, async () => {
    if (locateTool(recipe).present) return 'present';
    await build(recipe, options);
    return 'built';
  });
}

async function build(recipe: Recipe, options: BuildOptions): Promise<void> {
  const destination = path.join(cacheDirectory(), toolFolderName(recipe));
  const folder = path.join(cacheDirectory(), `.building-${toolFolderName(recipe)}`);
  const started = performance.now();
  const elapsed = (): number => Math.round((performance.now() - started) / 1000);
  if (recipe.build.kind !== 'system') {
    options.log(`building; the first time takes about ${duration(recipe.minutes * 60)} (${recipe.usedFor})`);
  }
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const progress = setInterval(
    () => options.log(`still building, ${duration(elapsed())} so far`),
    progressMilliseconds,
  );
  try {
    await buildTool({ recipe, folder, destination, ...options });
    const bytes = await sizeOfFolder(folder);
    const note = {
      name: recipe.name,
      version: recipe.version,
      builtAt: new Date().toISOString(),
      seconds: elapsed(),
      bytes,
    };
    await writeFile(path.join(folder, buildNoteName), `${JSON.stringify(note, null, 2)}\n`);
    await rm(destination, { recursive: true, force: true });
    await rename(folder, destination);
  } finally {
    clearInterval(progress);
    await rm(folder, { recursive: true, force: true });
  }
}

/** The bytes of all files below a folder; two names of one file count once. */
async function sizeOfFolder(folder: string): Promise<number> {
  const sizes = new Map<number, number>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const { ino, size } = await stat(path.join(entry.parentPath, entry.name));
    sizes.set(ino, size);
  }
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}

function duration(seconds: number): string {
  const rounded = Math.round(seconds);
  return rounded < 60 ? `${rounded} s` : `${Math.floor(rounded / 60)} min ${rounded % 60} s`;
}
