import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { SplitCheck, SplitOptions, SplitProof } from '#shared/model/index.ts';
import type { CloudAccess, RootTool } from '../../ports/index.ts';
import { prepareEmission, type PreparedEmission } from '../emit/prepare-emission.ts';
import type { Split } from '../proposal/decide.ts';
import { divideState } from '../state/divide-state.ts';
import type { ObtainedState } from '../state/obtain-state.ts';
import { sensitiveInState } from '../state/sensitive-attributes.ts';
import { pointsWithoutState } from './points.ts';
import { proveStates, type ProvenState } from './prove-states.ts';
import { staticChecks } from './static-checks.ts';

export type ProofEvent =
  { readonly type: 'doing'; readonly text: string } | { readonly type: 'check'; readonly check: SplitCheck };

export interface ProofOptions {
  readonly options: SplitOptions;
  /** Values that an earlier state marked as sensitive. */
  readonly marked: ReadonlySet<string>;
  /** Null proves from the code alone. */
  readonly state: ObtainedState | null;
  readonly tool: RootTool;
  readonly access: CloudAccess;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

/** What a proof leaves behind. */
export interface MadeProof {
  readonly proof: SplitProof;
  readonly prepared: PreparedEmission;
  /** Values that are marked as sensitive in the state. */
  readonly marked: ReadonlySet<string>;
  /** The new states, when everything is proven. */
  readonly states: readonly ProvenState[] | null;
}

/** Proves that the parts together are the root, from the code and, where there is one, with its state. */
export async function* proveSplit(split: Split, given: ProofOptions): AsyncGenerator<ProofEvent, MadeProof> {
  const { options, state, signal } = given;
  yield { type: 'doing', text: 'Cutting the parts' };
  const marked = new Set([...given.marked, ...(state === null ? [] : sensitiveInState(state.read.file))]);
  const prepared = await prepareEmission(split, { options, marked, signal });
  const checks: SplitCheck[] = [];
  for (const check of await staticChecks(split, { ...prepared, allowSecrets: options.allowSecrets })) {
    checks.push(check);
    yield { type: 'check', check };
  }
  let states: readonly ProvenState[] | null = null;
  if (state === null) {
    for (const check of pointsWithoutState()) {
      checks.push(check);
      yield { type: 'check', check };
    }
  } else {
    const scratch = await mkdtemp(path.join(tmpdir(), 'groundplan-split-'));
    try {
      const divided = divideState(state.read.file, split);
      const proving = proveStates(
        split,
        { prepared, state, divided },
        { ...given, scratch, workspace: state.workspace, wiring: options.wiring },
      );
      let step = await proving.next();
      for (; step.done !== true; step = await proving.next()) {
        if (step.value.type === 'check') checks.push(step.value.check);
        yield step.value;
      }
      states = step.value;
    } finally {
      // Plans and states hold secrets.
      await rm(scratch, { recursive: true, force: true });
    }
  }
  const complete = checks.every(({ status }) => status === 'proven');
  return { proof: { complete, at: given.now(), checks }, prepared, marked, states: complete ? states : null };
}
