import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { z } from 'zod';
import { writeFileAtomically } from '#engine/files/index.ts';
import type { SchemaTable } from './attribute.ts';

const tableSchema: z.ZodType<SchemaTable> = z.object({
  provider: z.string(),
  version: z.string(),
  resources: z.record(z.string(), z.string()),
  data: z.record(z.string(), z.string()),
});

const unzip = promisify(gunzip);
const zip = promisify(gzip);

/** Reads a table; null when there is none, or it is damaged: what it would say stays unknown. */
export async function readTable(file: string): Promise<SchemaTable | null> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  try {
    const data: unknown = JSON.parse((await unzip(bytes)).toString('utf8'));
    return tableSchema.safeParse(data).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code?.startsWith('Z_') === true) return null;
    throw error;
  }
}

/** The table of a provider's version in a folder of many. */
export function tableFile(folder: string, { provider, version }: Pick<SchemaTable, 'provider' | 'version'>): string {
  return path.join(folder, `${provider}-${version}.json.gz`);
}

/** Keeps a table, whole or not at all. */
export async function writeTable(folder: string, table: SchemaTable): Promise<void> {
  await writeFileAtomically(tableFile(folder, table), await zip(JSON.stringify(table)));
}

/** The versions of a provider of which a folder holds tables. */
export async function versionsIn(folder: string, provider: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
    // Nothing was asked of a tool yet.
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const start = `${provider}-`;
  return names
    .filter((name) => name.startsWith(start))
    .flatMap((name) => /^(\d+\.\d+\.\d+.*)\.json\.gz$/.exec(name.slice(start.length))?.[1] ?? []);
}
