import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { discoverRequestSchema } from '#shared/model/index.ts';
import type { RunRequest } from '#engine/ports/index.ts';
import { requestFile } from './layout.ts';
import { writeWhole } from './run-record.ts';

const runRequestSchema = z.object({ request: discoverRequestSchema, connections: z.array(z.string()) });

/** Keeps beside a run's facts what was asked of it: names and places, never a secret. */
export async function writeRunRequest(directory: string, request: RunRequest): Promise<void> {
  await writeWhole(join(directory, requestFile), `${JSON.stringify(request, null, 2)}\n`);
}

/** What was asked of a run; null when that was not kept, or cannot be read any more. */
export async function readRunRequest(directory: string): Promise<RunRequest | null> {
  try {
    return runRequestSchema.parse(JSON.parse(await readFile(join(directory, requestFile), 'utf8')));
  } catch {
    // Whoever wants to go on with the run is told that it is not known what was asked.
    return null;
  }
}
