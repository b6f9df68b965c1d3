import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { nameSchema } from '#shared/model/index.ts';
import { writeFileAtomically } from '#engine/files/index.ts';
import type { WritableWorkspace } from '../../ports/index.ts';

const recordSchema = z.object({
  root: z.string(),
  artifacts: z.array(nameSchema),
  environment: nameSchema.nullable(),
  /** Values that a state marked as sensitive when the parts were proven with it; names, never values. */
  sensitive: z.array(z.string()).default([]),
});
export type SplitRecord = z.infer<typeof recordSchema>;

/** Where everything of one split lies that is no file of the workspace: its record, states, proof, backup. */
export function splitFolder(workspace: Pick<WritableWorkspace, 'paths'>, blueprint: string): string {
  return path.join(workspace.paths.data, 'splits', blueprint);
}

/** Reads a JSON file of a split; null where there is none, or one that was cut short or has another form. */
export async function readSplitFile<Value>(file: string, schema: z.ZodType<Value>): Promise<Value | null> {
  try {
    const parsed = schema.safeParse(JSON.parse(await readFile(file, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** What an earlier split wrote; null counts as none, so that nothing is replaced unasked. */
export function readRecord(
  workspace: Pick<WritableWorkspace, 'paths'>,
  blueprint: string,
): Promise<SplitRecord | null> {
  return readSplitFile(path.join(splitFolder(workspace, blueprint), 'split.json'), recordSchema);
}

export async function writeRecord(workspace: WritableWorkspace, blueprint: string, record: SplitRecord): Promise<void> {
  const file = path.join(splitFolder(workspace, blueprint), 'split.json');
  await writeFileAtomically(file, JSON.stringify(record), { mode: 0o600 });
}
