import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomically } from '#engine/files/index.ts';
import type { Workspace } from '#engine/ports/index.ts';
import { nameSchema, proofSchema, type Proof } from '#shared/model/index.ts';

/** The newest proof of each blueprint, as JSON under `.groundplan/proofs`. */
export interface ProofStore {
  read(blueprint: string): Promise<Proof | null>;
  write(proof: Proof): Promise<void>;
}

export function createProofStore(workspace: Workspace): ProofStore {
  // A name that is no blueprint's cannot have a proof, and must not become a path.
  const fileOf = (blueprint: string): string | null =>
    nameSchema.safeParse(blueprint).success ? path.join(workspace.paths.proofs, `${blueprint}.json`) : null;
  return {
    async read(blueprint) {
      const file = fileOf(blueprint);
      if (file === null) return null;
      try {
        const parsed = proofSchema.safeParse(JSON.parse(await readFile(file, 'utf8')));
        // A proof of another format says nothing any more: as if there were none.
        return parsed.success ? parsed.data : null;
      } catch (error) {
        if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw error;
      }
    },
    async write(proof) {
      const file = fileOf(proof.blueprint);
      if (file !== null) await writeFileAtomically(file, `${JSON.stringify(proof, null, 2)}\n`);
    },
  };
}
