import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { artifactSchema, nameSchema, type Artifact } from '#shared/model/index.ts';
import { writeFileAtomically } from '#engine/files/index.ts';
import type { WritableWorkspace } from '../ports/index.ts';

/** What was imported, newest first: the artifact as it was then. */
const importRecordSchema = z.object({
  /** Where the code came from on this machine: an absolute path. */
  origin: z.string(),
  imports: z.array(artifactSchema),
});
export type ImportRecord = z.infer<typeof importRecordSchema>;

const maximumKept = 20;

/** Where the record lies; the name is checked here as well, because it becomes part of a path. */
function recordFile({ paths }: Pick<WritableWorkspace, 'paths'>, name: string): string | null {
  return nameSchema.safeParse(name).success ? path.join(paths.data, 'imports', `${name}.json`) : null;
}

/**
 * What is known of the imports of an artifact; null when it was not imported here. It is kept out of git: paths of one
 * machine mean nothing on another.
 */
export async function readImportRecord(
  workspace: Pick<WritableWorkspace, 'paths'>,
  name: string,
): Promise<ImportRecord | null> {
  const file = recordFile(workspace, name);
  if (file === null) return null;
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // A record only spares the user a word; a damaged one is as good as none, and the next import writes it anew.
    return null;
  }
  return importRecordSchema.safeParse(data).data ?? null;
}

/** Remembers an import. The same code again changes nothing. */
export async function recordImport(workspace: WritableWorkspace, artifact: Artifact, origin: string): Promise<void> {
  const file = recordFile(workspace, artifact.name);
  if (file === null) return;
  const known = await readImportRecord(workspace, artifact.name);
  const earlier = (known?.imports ?? []).filter(({ digest }) => digest !== artifact.digest);
  const record: ImportRecord = { origin, imports: [artifact, ...earlier].slice(0, maximumKept) };
  // Waiting for the disk is what takes time where a thousand modules are imported again.
  if (JSON.stringify(known) === JSON.stringify(record)) return;
  await writeFileAtomically(file, JSON.stringify(record));
}
