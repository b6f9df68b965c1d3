import type { SplitCheck, SplitProof } from '#shared/model/index.ts';

/** One thing the proof tells while it runs. */
export type ProofEvent =
  | { readonly type: 'doing'; readonly text: string }
  | { readonly type: 'check'; readonly check: SplitCheck }
  | { readonly type: 'done'; readonly proof: SplitProof };

export interface ProofProgress {
  /** What it is doing now; null once it has ended. */
  readonly doing: string | null;
  readonly checks: readonly SplitCheck[];
  readonly proof: SplitProof | null;
}

export const emptyProgress: ProofProgress = { doing: 'Starting', checks: [], proof: null };

export function foldProof(progress: ProofProgress, event: ProofEvent): ProofProgress {
  switch (event.type) {
    case 'doing':
      return { ...progress, doing: event.text };
    case 'check':
      return { ...progress, checks: [...progress.checks, event.check] };
    case 'done':
      return { doing: null, checks: event.proof.checks, proof: event.proof };
  }
}

/** The proof in one line: all of it, or which points are not so or open. */
export function proofSentence({ complete, checks }: SplitProof): string {
  if (complete) return `All ${checks.length} points are proven.`;
  const failed = checks.filter(({ status }) => status === 'failed').length;
  const open = checks.filter(({ status }) => status !== 'failed' && status !== 'proven').length;
  const parts = [
    ...(failed === 0 ? [] : [`${failed} of ${checks.length} points ${failed === 1 ? 'does' : 'do'} not hold`]),
    ...(open === 0 ? [] : [`${open} ${open === 1 ? 'is' : 'are'} open`]),
  ];
  return `${parts.join(', ')}.`;
}
