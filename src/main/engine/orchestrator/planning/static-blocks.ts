import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from '@cdktn/hcl2json';
import { z } from 'zod';
import type { Json, JsonObject } from '#shared/base/json.ts';
import { AppError, toAppError } from '#shared/errors/index.ts';
import type { ResourceBlock } from '../../planner/index.ts';

const blockList = z.array(z.looseObject({ count: z.unknown(), for_each: z.unknown(), source: z.unknown() }).partial());
const named = z.record(z.string(), z.union([blockList, z.looseObject({})]));
const rootSchema = z.looseObject({
  resource: z.record(z.string(), named).optional(),
  module: named.optional(),
});
const modulesSchema = z.looseObject({ Modules: z.array(z.looseObject({ Key: z.string(), Dir: z.string() })) });

/**
 * Every resource block of an initialised working directory, modules included, with how many instances it may become.
 * Read off the sources alone: a bound that depends on a value not known yet is null, never a guess.
 */
export async function staticBlocks(directory: string, variables: JsonObject): Promise<ResourceBlock[]> {
  const installed = await installedModules(directory);
  const read = async (
    folder: string,
    place: {
      readonly key: string;
      readonly address: string;
      readonly max: number | null;
      readonly variables: JsonObject;
    },
  ): Promise<ResourceBlock[]> => {
    const found: ResourceBlock[] = [];
    for (const root of await rootsIn(folder)) {
      for (const [type, names] of Object.entries(root.resource ?? {})) {
        for (const [name, blocks] of Object.entries(names)) {
          const max = times(place.max, boundOf(first(blocks), place.variables));
          found.push({ address: `${place.address}${type}.${name}`, type, max });
        }
      }
      for (const [name, blocks] of Object.entries(root.module ?? {})) {
        const key = place.key === '' ? name : `${place.key}.${name}`;
        const inside = installed.get(key);
        if (inside === undefined) {
          throw new AppError('plan-failed', `Module ${key} is not installed, so what it creates cannot be told.`, {
            details: { module: key },
          });
        }
        found.push(
          ...(await read(path.join(directory, inside), {
            key,
            address: `${place.address}module.${name}.`,
            max: times(place.max, boundOf(first(blocks), place.variables)),
            // What a module gets is not followed: its own counts by variables are unknown bounds.
            variables: {},
          })),
        );
      }
    }
    return found;
  };
  return read(directory, { key: '', address: '', max: 1, variables });
}

async function installedModules(directory: string): Promise<Map<string, string>> {
  const text = await readFile(path.join(directory, '.terraform', 'modules', 'modules.json'), 'utf8').catch(() => null);
  if (text === null) return new Map();
  const { Modules: modules } = modulesSchema.parse(JSON.parse(text));
  return new Map(modules.map((module) => [module.Key, module.Dir]));
}

async function rootsIn(folder: string): Promise<z.infer<typeof rootSchema>[]> {
  const names = (await readdir(folder)).filter((name) => /\.(tf|tofu)(\.json)?$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(path.join(folder, name), 'utf8');
      try {
        return rootSchema.parse(name.endsWith('.json') ? JSON.parse(text) : await parse(name, text));
      } catch (thrown) {
        throw new AppError('plan-failed', `${name} cannot be read: ${toAppError(thrown).message}`, {
          cause: thrown,
          details: { file: name },
        });
      }
    }),
  );
}

function first(blocks: unknown): { count?: unknown; for_each?: unknown } {
  const block: unknown = Array.isArray(blocks) ? blocks[0] : blocks;
  return typeof block === 'object' && block !== null ? block : {};
}

function times(one: number | null, other: number | null): number | null {
  if (one === 0 || other === 0) return 0;
  return one === null || other === null ? null : one * other;
}

/** How many instances a block may become at most; null when only a later value decides. */
function boundOf(block: { count?: unknown; for_each?: unknown }, variables: JsonObject): number | null {
  if (block.count !== undefined) return countBound(block.count, variables);
  if (block.for_each !== undefined) return eachBound(block.for_each, variables);
  return 1;
}

function countBound(count: unknown, variables: JsonObject): number | null {
  if (typeof count === 'number') return count;
  if (typeof count !== 'string') return null;
  const choice = /^\$\{.*\?\s*(\d+)\s*:\s*(\d+)\s*\}$/s.exec(count);
  if (choice !== null) return Math.max(Number(choice[1]), Number(choice[2]));
  const length = /^\$\{\s*length\(\s*var\.([\w-]+)\s*\)\s*\}$/.exec(count);
  if (length !== null) return sizeOf(variables[length[1] ?? '']);
  const variable = /^\$\{\s*var\.([\w-]+)\s*\}$/.exec(count);
  const value = variable === null ? undefined : variables[variable[1] ?? ''];
  return typeof value === 'number' ? value : null;
}

function eachBound(each: unknown, variables: JsonObject): number | null {
  if (typeof each === 'object' && each !== null) return Object.keys(each).length;
  if (typeof each !== 'string') return null;
  const variable = /^\$\{\s*(?:toset\(\s*)?var\.([\w-]+)\s*\)?\s*\}$/.exec(each);
  if (variable !== null) return sizeOf(variables[variable[1] ?? '']);
  const literal = /^\$\{\s*toset\(\s*(\[[^[\]{}$]*\])\s*\)\s*\}$/s.exec(each);
  if (literal === null) return null;
  const list = z.array(z.string()).safeParse(parseOrNull(literal[1] ?? ''));
  return list.success ? new Set(list.data).size : null;
}

function sizeOf(value: Json | undefined): number | null {
  return typeof value === 'object' && value !== null ? Object.keys(value).length : null;
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text.replace(/,\s*\]$/, ']'));
  } catch {
    // A list with more than plain texts in it: its size is left unknown.
    return null;
  }
}
