import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Ports, Problem } from '#shared/model/index.ts';
import { scanConfiguration } from '../../artifacts/terraform/json-scan.ts';
import { configurationFiles, readModule } from '../../artifacts/terraform/module.ts';
import type { ProviderSchemas } from '../../artifacts/terraform/provider-schemas/provider-schemas.ts';
import { isLocalSource } from '../../artifacts/terraform/requirements.ts';
import { buildRootGraph, type RootGraph } from '../graph/root-graph.ts';
import { attributeOf, constantText, readDeclarations, type Declaration } from './declarations.ts';
import { isStatefulType } from '../stateful-types.ts';
import { problem } from './problem.ts';
import type { SourceFile } from './root-source.ts';

/** What is known about a called module. */
export interface CalledModule {
  readonly source: string;
  /** Its folder, when it lies on this disk. */
  readonly folder: string | null;
  /** Resource types it creates with their blocks; for one that cannot be read, what its source's words suggest. */
  readonly creates: Readonly<Record<string, number>>;
  /** Its outputs; null when it cannot be read. */
  readonly outputs: Ports | null;
  /** Local names of providers its resources use; null when it cannot be read. */
  readonly providers: readonly string[] | null;
  /** How its own code hangs together; null when it cannot be read. */
  readonly inside: CalledCode | null;
}

/** The code of a called module. */
export interface CalledCode {
  readonly graph: RootGraph;
  readonly modules: ReadonlyMap<string, CalledModule>;
}

/** Modules may call themselves in a circle, which the tool refuses; deeper than this nobody nests them. */
const deepest = 8;

async function readInside(folder: string, depth: number): Promise<CalledCode> {
  const files = await Promise.all(
    (await configurationFiles(folder)).map(async (name): Promise<SourceFile> => {
      const text = await readFile(path.join(folder, name), 'utf8');
      return { path: name, text, ...scanConfiguration(name, text) };
    }),
  );
  const { declarations } = readDeclarations(files);
  const called = depth === deepest ? null : await readModuleCalls(folder, declarations, { depth: depth + 1 });
  return { graph: buildRootGraph(declarations), modules: called?.modules ?? new Map<string, CalledModule>() };
}

interface ModuleReadOptions {
  /** How many calls lead to it. */
  readonly depth?: number;
  /** Say what types outputs have. */
  readonly schemas?: ProviderSchemas | null;
}

/**
 * Words of a source that are types once a provider's name stands before them: `…/rds/aws` → `aws_db`, and
 * `…-s3-bucket` → `aws_s3_bucket`, which holds data.
 */
function suggested(source: string): Readonly<Record<string, number>> {
  const words = source
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(
      (word) =>
        !['git', 'github', 'com', 'https', 'ssh', 'terraform', 'modules', 'module', 'aws', 'ref'].includes(word),
    )
    .slice(0, 8);
  const types = words.flatMap((word, at) => {
    const both = `aws_${word}_${words[at + 1] ?? ''}`;
    return [`aws_${word === 'rds' ? 'db' : word}`, ...(isStatefulType(both) ? [both] : [])];
  });
  return Object.fromEntries(types.map((type) => [type, 1]));
}

async function readLocal(
  folder: string,
  source: string,
  { depth = 0, schemas = null }: ModuleReadOptions,
): Promise<CalledModule | null> {
  try {
    // Whoever runs the root reads its modules wherever they lie.
    const module = await readModule(folder, { boundary: path.parse(folder).root, schemas });
    if (module.readableFiles === 0) return null;
    const providers = [
      ...Object.keys(module.creates).map((type) => type.split('_')[0] ?? type),
      ...module.requires.flatMap(({ kind, name }) => (kind === 'provider' ? [name.split('/').at(-1) ?? name] : [])),
    ];
    const { creates, outputs } = module;
    const inside = module.problems.some(({ code }) => code === 'unreadable-file')
      ? null
      : await readInside(folder, depth);
    return { source, folder, creates, outputs, providers: [...new Set(providers)], inside };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}

/**
 * Reads the modules a root calls from this disk; nothing is fetched. What lies elsewhere is opaque: only its call
 * tells of it. Answers by the address of the call.
 */
export async function readModuleCalls(
  folder: string,
  declarations: ReadonlyMap<string, Declaration>,
  options: ModuleReadOptions = {},
): Promise<{ readonly modules: ReadonlyMap<string, CalledModule>; readonly problems: readonly Problem[] }> {
  const modules = new Map<string, CalledModule>();
  const problems: Problem[] = [];
  const known = new Map<string, CalledModule>();
  for (const { kind, address, pieces } of declarations.values()) {
    const [piece] = pieces;
    if (kind !== 'module' || piece === undefined) continue;
    const source = constantText(piece.file, attributeOf(piece.block, 'source')) ?? '';
    const seen = known.get(source);
    if (seen !== undefined) {
      modules.set(address, seen);
      continue;
    }
    const target = isLocalSource(source) ? path.resolve(folder, source) : null;
    const read = target === null ? null : await readLocal(target, source, options);
    const module = read ?? {
      source,
      folder: null,
      creates: suggested(source),
      outputs: null,
      providers: null,
      inside: null,
    };
    if (read === null) {
      const where = target === null ? 'is not on this disk' : 'does not exist';
      problems.push(
        problem({
          code: target === null ? 'opaque-module' : 'missing-module',
          message: `The module ${source === '' ? address : source} ${where}; only its call tells what it is.`,
          advice: target === null ? null : 'Check its source: the parts that call it cannot be initialised.',
          severity: target === null ? 'info' : 'warning',
          file: piece.file.path,
          line: piece.block.line,
          node: address,
        }),
      );
    }
    known.set(source, module);
    modules.set(address, module);
  }
  return { modules, problems };
}
