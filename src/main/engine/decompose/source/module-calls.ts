import path from 'node:path';
import type { Ports, Problem } from '#shared/model/index.ts';
import { readModule } from '../../artifacts/terraform/module.ts';
import { isLocalSource } from '../../artifacts/terraform/requirements.ts';
import { attributeOf, constantText, type Declaration } from './declarations.ts';
import { problem } from './problem.ts';

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
}

/** Words of a source that are types once a provider's name stands before them: `…/rds/aws` → `aws_rds`. */
function suggested(source: string): Readonly<Record<string, number>> {
  const words = source
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(
      (word) =>
        !['git', 'github', 'com', 'https', 'ssh', 'terraform', 'modules', 'module', 'aws', 'ref'].includes(word),
    );
  return Object.fromEntries(words.slice(0, 8).map((word) => [`aws_${word === 'rds' ? 'db' : word}`, 1]));
}

async function readLocal(folder: string, source: string): Promise<CalledModule | null> {
  try {
    // Whoever runs the root reads its modules wherever they lie.
    const module = await readModule(folder, { boundary: path.parse(folder).root });
    if (module.readableFiles === 0) return null;
    const providers = [
      ...Object.keys(module.creates).map((type) => type.split('_')[0] ?? type),
      ...module.requires.flatMap(({ kind, name }) => (kind === 'provider' ? [name.split('/').at(-1) ?? name] : [])),
    ];
    const { creates, outputs } = module;
    return { source, folder, creates, outputs, providers: [...new Set(providers)] };
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
    const read = target === null ? null : await readLocal(target, source);
    const module = read ?? { source, folder: null, creates: suggested(source), outputs: null, providers: null };
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
