import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Json } from '#shared/base/json.ts';
import type { Ports, Problem, Requirement } from '#shared/model/index.ts';
import { isInside } from '#engine/files/index.ts';
import { mergeOverrides, readBlocks, type Block } from './blocks.ts';
import { readOutputs } from './outputs.ts';
import type { ProviderSchemas } from './provider-schemas/provider-schemas.ts';
import { wantedProviders } from './provider-schemas/wanted-providers.ts';
import { isLocalSource, readRequirements } from './requirements.ts';
import { readVariables } from './variables.ts';

/** What a Terraform or OpenTofu folder says about itself. */
export interface ModuleReading {
  readonly inputs: Ports;
  readonly outputs: Ports;
  readonly requires: readonly Requirement[];
  /** Resource types with their blocks, local modules included, in the order they stand. */
  readonly creates: Readonly<Record<string, number>>;
  readonly calls: readonly {
    readonly name: string;
    readonly source: string;
    readonly file: string;
    readonly line: number;
  }[];
  readonly problems: readonly Problem[];
  /** Configuration files that could be read; zero means the folder is no module. */
  readonly readableFiles: number;
}

interface ReadOptions {
  /** Folder that nothing is read outside of. */
  readonly boundary: string;
  /** Says what type attributes have; without, only well-known ones have one. */
  readonly schemas?: ProviderSchemas | null | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Folders being read, outermost first: a module that calls itself ends here. */
  readonly within?: readonly string[];
}

const configuration = /\.(tf|tofu)(\.json)?$/;
const emptyPorts: Ports = { type: 'object', properties: {}, required: [] };

/** True for the names of configuration files; hidden files and editors' copies are none, as for the tools. */
export function isConfigurationFile(name: string): boolean {
  return configuration.test(name) && !name.startsWith('.') && !name.startsWith('#');
}

/** The configuration files of a folder: a `.tofu` file stands in for the `.tf` file of the same name. */
export async function configurationFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => !entry.isDirectory() && isConfigurationFile(entry.name))
    .map(({ name }) => name);
  const all = new Set(names);
  return names.filter((name) => !all.has(name.replace(/\.tf(\.json)?$/, '.tofu$1')) || /\.tofu/.test(name)).sort();
}

/** Why a file could not be read, as a problem with its place. */
export function unreadableFile(
  file: string,
  found: { readonly line: number; readonly column: number; readonly message: string },
): Problem {
  return {
    severity: 'error',
    code: 'unreadable-file',
    message: `${file}:${found.line},${found.column}: ${found.message}`,
    advice: 'Mend this file; what the other files say was read.',
    file,
    line: found.line,
    column: found.column,
    field: null,
    node: null,
  };
}

async function readFolder(
  folder: string,
  options: ReadOptions,
): Promise<{
  readonly blocks: readonly Block[];
  readonly problems: readonly Problem[];
  readonly readableFiles: number;
}> {
  const blocks: Block[] = [];
  const problems: Problem[] = [];
  let readableFiles = 0;
  for (const name of await configurationFiles(folder)) {
    options.signal?.throwIfAborted();
    const file = path.relative(options.boundary, path.join(folder, name)).split(path.sep).join('/');
    const read = await readBlocks(file, await readFile(path.join(folder, name), 'utf8'));
    if (read.ok) {
      readableFiles += 1;
      blocks.push(...read.value);
    } else problems.push(...read.problems.map((found) => unreadableFile(file, found)));
  }
  return { blocks: mergeOverrides(blocks), problems, readableFiles };
}

function localsOf(blocks: readonly Block[]): ReadonlyMap<string, Json> {
  return new Map(blocks.filter(({ type }) => type === 'locals').flatMap(({ body }) => Object.entries(body)));
}

function callsOf(blocks: readonly Block[]): ModuleReading['calls'] {
  return blocks.flatMap((block) => {
    const { source } = block.body;
    if (block.type !== 'module' || typeof source !== 'string') return [];
    return [{ name: block.labels[0] ?? '', source, file: block.file, line: block.lineOf('source') }];
  });
}

function missingModule(call: ModuleReading['calls'][number], reason: string): Problem {
  return {
    severity: 'error',
    code: 'missing-module',
    message: `Module "${call.name}" is taken from ${call.source}, ${reason}.`,
    advice: 'Import from where the module can be reached, or correct the source.',
    file: call.file,
    line: call.line,
    column: null,
    field: `module.${call.name}.source`,
    node: null,
  };
}

async function readCalled(
  folder: string,
  call: ModuleReading['calls'][number],
  options: ReadOptions,
): Promise<ModuleReading | Problem> {
  const target = path.resolve(folder, call.source);
  if (!isInside(options.boundary, target)) return missingModule(call, 'which lies outside of this folder');
  const within = [...(options.within ?? []), folder];
  if (within.includes(target)) return missingModule(call, 'which calls itself');
  try {
    return await readModule(target, { ...options, within });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' && (error as NodeJS.ErrnoException).code !== 'ENOTDIR')
      throw error;
    return missingModule(call, 'which does not exist');
  }
}

/**
 * Reads a module or root folder and the local modules it calls: interface, requirements, what it creates. Files that
 * do not parse become problems with line and column, the others are read. Nothing is executed or fetched. File names
 * in origins and problems are relative to `boundary`.
 */
export async function readModule(folder: string, options: ReadOptions): Promise<ModuleReading> {
  const { blocks, problems, readableFiles } = await readFolder(folder, options);
  const variables = readVariables(blocks);
  const calls = callsOf(blocks);
  const found: Problem[] = [...problems, ...variables.problems];
  const modules = new Map<string, Ports>();
  const creates = new Map<string, number>();
  const requires = [...readRequirements(blocks)];
  for (const block of blocks.filter(({ type }) => type === 'resource')) {
    const [type = ''] = block.labels;
    creates.set(type, (creates.get(type) ?? 0) + 1);
  }
  for (const call of calls.filter(({ source }) => isLocalSource(source))) {
    const called = await readCalled(folder, call, options);
    if (!('inputs' in called)) {
      found.push(called);
      modules.set(call.name, emptyPorts);
      continue;
    }
    modules.set(call.name, called.outputs);
    for (const problem of called.problems)
      if (!found.some((known) => known.message === problem.message)) found.push(problem);
    for (const [type, count] of Object.entries(called.creates)) creates.set(type, (creates.get(type) ?? 0) + count);
    for (const need of called.requires) {
      const known = requires.some(
        ({ kind, name, version }) => kind === need.kind && name === need.name && version === need.version,
      );
      if (!known && need.kind !== 'backend') requires.push(need);
    }
  }
  const schemas = (await options.schemas?.load(await wantedProviders(folder, blocks, requires))) ?? null;
  const context = { variables: variables.value, locals: localsOf(blocks), modules, schemas };
  return {
    inputs: variables.value,
    outputs: readOutputs(blocks, context),
    requires,
    creates: Object.fromEntries(creates),
    calls,
    problems: found,
    readableFiles,
  };
}
