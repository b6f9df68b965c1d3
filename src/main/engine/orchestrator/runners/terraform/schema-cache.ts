import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { jsonSchema, type Json } from '#shared/base/json.ts';
import { writeFileAtomically } from '#engine/files/index.ts';
import type { TerraformWorkdir } from '../../../ports/index.ts';
import type { FoundTool } from './find-tool.ts';
import type { Invoker } from './invoke.ts';

export interface SchemaCache {
  /** `providers schema -json` of a prepared folder. */
  read(workdir: TerraformWorkdir, signal: AbortSignal): Promise<Json>;
}

interface SchemaCacheOptions {
  readonly invoker: Invoker;
  readonly identify: () => Promise<FoundTool>;
  readonly directory: string;
}

/** Keeps schemas per set of provider versions: asking a provider takes seconds, and its answer never changes. */
export function createSchemaCache(options: SchemaCacheOptions): SchemaCache {
  const pending = new Map<string, Promise<Json>>();
  return {
    async read(workdir, signal) {
      const key = await versionsKey(workdir.path, await options.identify());
      const known = pending.get(key);
      if (known !== undefined) return known;
      const reading = readThrough(path.join(options.directory, `${key}.json`), () =>
        options.invoker.run({
          command: 'providers',
          args: ['providers', 'schema', '-json'],
          directory: workdir.path,
          access: workdir.access,
          signal,
          messages: false,
        }),
      );
      pending.set(key, reading);
      // A failed reading, such as a cancelled one, says nothing about the next.
      reading.catch(() => pending.delete(key));
      return reading;
    },
  };
}

async function versionsKey(directory: string, tool: FoundTool): Promise<string> {
  const lock = await readFile(path.join(directory, '.terraform.lock.hcl'), 'utf8').catch(() => 'no providers');
  return createHash('sha256').update(`${tool.name}\0${tool.version}\0${lock}`).digest('hex');
}

async function readThrough(file: string, ask: () => Promise<string>): Promise<Json> {
  const kept = await readFile(file, 'utf8').catch(() => null);
  if (kept !== null) {
    const parsed = jsonSchema.safeParse(parseOrNull(kept));
    if (parsed.success && parsed.data !== null) return parsed.data;
  }
  const text = await ask();
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await writeFileAtomically(file, text, { mode: 0o600 });
  return JSON.parse(text) as Json;
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A cache file cut short by a crash: asked for again.
    return null;
  }
}
