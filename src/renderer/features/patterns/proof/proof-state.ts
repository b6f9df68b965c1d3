import type { InstanceProof, Proof } from '#shared/model/index.ts';

/** One thing the proof tells while it runs. */
export type ProofEvent =
  | { readonly type: 'doing'; readonly instance: string; readonly node: string; readonly text: string }
  | { readonly type: 'instance'; readonly proof: InstanceProof }
  | { readonly type: 'done'; readonly proof: Proof };

export interface ProofProgress {
  readonly lines: readonly { readonly number: number; readonly text: string }[];
  readonly instances: readonly InstanceProof[];
  readonly proof: Proof | null;
}

export const emptyProgress: ProofProgress = { lines: [], instances: [], proof: null };

const mostLines = 500;

/** Adds an event to what was told so far; the newest lines are kept, and the newest result of each instance's part. */
export function foldProof(progress: ProofProgress, event: ProofEvent): ProofProgress {
  switch (event.type) {
    case 'doing': {
      const number = (progress.lines.at(-1)?.number ?? 0) + 1;
      const line = { number, text: `${event.instance} / ${event.node}: ${event.text}` };
      return { ...progress, lines: [...progress.lines, line].slice(-mostLines) };
    }
    case 'instance': {
      const others = progress.instances.filter(
        (known) => known.instance !== event.proof.instance || known.node !== event.proof.node,
      );
      return { ...progress, instances: [...others, event.proof] };
    }
    case 'done':
      return { ...progress, instances: event.proof.instances, proof: event.proof };
  }
}

/** The proof in one line: N imports and nothing else, or what stands in the way. */
export function proofSentence(instances: readonly InstanceProof[]): string {
  const sum = (pick: (proof: InstanceProof) => number) => instances.reduce((total, proof) => total + pick(proof), 0);
  const open = instances.filter((proof) => proof.status !== 'proven').length;
  const counts = `${sum((p) => p.imports)} imports, ${sum((p) => p.add)} to add, ${sum((p) => p.change)} to change, ${sum((p) => p.destroy)} to destroy`;
  return open === 0 ? counts : `${counts}; ${open} of ${instances.length} parts not proven`;
}
