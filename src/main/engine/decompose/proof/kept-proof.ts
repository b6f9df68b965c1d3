import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { splitDecisionsSchema, splitOptionsSchema } from '#shared/model/index.ts';
import { writeFileAtomically } from '#engine/files/index.ts';
import type { WritableWorkspace } from '../../ports/index.ts';
import type { EmittedPart } from '../emit/emit-split.ts';
import { readSplitFile, splitFolder } from '../emit/split-record.ts';
import { digestOf, stateText, type ReadState } from '../state/state-file.ts';
import type { ProvenState } from './prove-states.ts';

const keptProofSchema = z.object({
  at: z.number(),
  /** Digest over the code of all parts that the proof was made with. */
  code: z.string(),
  /** The tool's workspace; null for the default one. */
  workspace: z.string().nullable(),
  old: z.object({ serial: z.number(), lineage: z.string(), digest: z.string() }),
  /** Digest of each part's new state, in the order they are pushed: who gives before who takes. */
  states: z.array(z.object({ part: z.string(), digest: z.string() })),
  /** What the parts were made with; null for a proof that was kept before this was. */
  made: z.object({ decisions: splitDecisionsSchema, options: splitOptionsSchema }).nullable().default(null),
});
/** A complete proof, as it is kept beside the states it is about. */
export type KeptProof = z.infer<typeof keptProofSchema>;

/** Files of a complete proof. States hold secrets: they are readable by the user alone, and never shown. */
interface ProofFiles {
  readonly proof: string;
  readonly backup: string;
  stateOf(part: string): string;
}

export function proofFiles(workspace: Pick<WritableWorkspace, 'paths'>, blueprint: string): ProofFiles {
  const folder = splitFolder(workspace, blueprint);
  return {
    proof: path.join(folder, 'proof.json'),
    backup: path.join(folder, 'states', 'backup.tfstate'),
    stateOf: (part) => path.join(folder, 'states', 'parts', `${part}.tfstate`),
  };
}

/** Digest over everything that will lie in the folders of the parts. */
export async function codeDigest(parts: readonly EmittedPart[]): Promise<string> {
  const hash = createHash('sha256');
  for (const { name, content } of parts) {
    for (const file of content.toSorted((left, right) => (left.path < right.path ? -1 : 1))) {
      const bytes = 'copyOf' in file ? await readFile(file.copyOf) : file.text;
      hash.update(`${name}\0${file.path}\0${bytes.length}\0`).update(bytes);
    }
  }
  return `sha256:${hash.digest('hex')}`;
}

/** Keeps what a complete proof was made of: the backup, the new states, and the digests that bind them together. */
export async function keepProof(
  workspace: WritableWorkspace,
  blueprint: string,
  proven: {
    readonly at: number;
    readonly code: string;
    readonly workspace: string | null;
    readonly old: ReadState;
    readonly states: readonly ProvenState[];
    readonly made: NonNullable<KeptProof['made']>;
  },
): Promise<void> {
  const files = proofFiles(workspace, blueprint);
  await forgetProof(workspace, blueprint);
  await writeFileAtomically(files.backup, proven.old.text, { mode: 0o600 });
  const states: KeptProof['states'] = [];
  for (const { name, file } of proven.states) {
    const text = stateText(file);
    await writeFileAtomically(files.stateOf(name), text, { mode: 0o600 });
    states.push({ part: name, digest: digestOf(text) });
  }
  const { serial, lineage } = proven.old.file;
  const { at, code, made } = proven;
  const kept: KeptProof = {
    at,
    code,
    workspace: proven.workspace,
    old: { serial, lineage, digest: proven.old.digest },
    states,
    made,
  };
  await writeFileAtomically(files.proof, JSON.stringify(kept), { mode: 0o600 });
}

export function readKeptProof(
  workspace: Pick<WritableWorkspace, 'paths'>,
  blueprint: string,
): Promise<KeptProof | null> {
  return readSplitFile(proofFiles(workspace, blueprint).proof, keptProofSchema);
}

/** Removes an earlier proof with its states: what it says is no longer so. */
export async function forgetProof(workspace: WritableWorkspace, blueprint: string): Promise<void> {
  const files = proofFiles(workspace, blueprint);
  await rm(files.proof, { force: true });
  await rm(path.dirname(files.backup), { recursive: true, force: true });
}
