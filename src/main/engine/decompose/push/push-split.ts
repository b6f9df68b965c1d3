import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AppError, toAppError } from '#shared/errors/index.ts';
import type { SplitPush } from '#shared/model/index.ts';
import { createEnvironmentFiles } from '../../catalog/index.ts';
import type { CloudAccess, RootTool, StateHold, WritableWorkspace } from '../../ports/index.ts';
import type { PreparedEmission } from '../emit/prepare-emission.ts';
import { readRecord } from '../emit/split-record.ts';
import { codeDigest, readKeptProof } from '../proof/kept-proof.ts';
import type { Split } from '../proposal/decide.ts';
import { heldRoot } from './held-root.ts';
import { placesOf, toolPlace } from './places.ts';
import { readPush } from './push-journal.ts';
import { pushStates, type PushSubject } from './push-states.ts';
import { rollBack } from './roll-back.ts';

export interface PushRequest {
  readonly split: Split;
  readonly prepared: PreparedEmission;
  /** Where the parts were written. */
  readonly workspace: WritableWorkspace;
  /** The blueprint's name, typed by whoever wants this. */
  readonly confirm: string;
  readonly tool: RootTool;
  readonly access: CloudAccess;
  readonly signal: AbortSignal;
}

function conflict(message: string, advice: string): AppError {
  return new AppError('conflict', message, { advice });
}

/** Does the work while a lock is held, and gives it back however the work ends. */
async function* held(
  hold: StateHold,
  work: () => AsyncGenerator<SplitPush, SplitPush>,
): AsyncGenerator<SplitPush, SplitPush> {
  let failure: AppError | null = null;
  try {
    return yield* work();
  } catch (error) {
    failure = toAppError(error);
    throw failure;
  } finally {
    await giveBack(hold, failure);
  }
}

/** Releases a lock; what went wrong before it is told first. */
async function giveBack(hold: StateHold, before: AppError | null): Promise<void> {
  try {
    await hold.release();
  } catch (error) {
    if (before === null) throw error;
    const { message, advice } = toAppError(error);
    throw new AppError(before.code, `${before.message} ${message}`, {
      advice: [before.advice, advice].filter((text) => text !== null).join(' '),
      details: before.details,
      cause: before,
    });
  }
}

/** Opens every place a push touches, for as long as the work takes. */
async function* withSubject(
  request: PushRequest,
  work: (subject: PushSubject) => AsyncGenerator<SplitPush, SplitPush>,
): AsyncGenerator<SplitPush, SplitPush> {
  const { split, prepared, workspace, confirm, tool, access, signal } = request;
  const { blueprint } = prepared.naming;
  if (confirm !== blueprint) {
    throw new AppError('bad-input', `"${confirm}" is not the name of the blueprint, ${blueprint}.`, {
      advice: 'Type its name: this changes states that others may use.',
      details: { field: 'confirm' },
    });
  }
  workspace.assertWritable();
  const kept = await readKeptProof(workspace, blueprint);
  if (kept === null) {
    throw conflict(`No complete proof of ${blueprint} is kept.`, 'Write the parts, then prove them with the state.');
  }
  const record = await readRecord(workspace, blueprint);
  const { folder } = split.analysis.source;
  const scratch = await mkdtemp(path.join(tmpdir(), 'groundplan-push-'));
  try {
    const options = { tool, access, workspace: kept.workspace, scratch, signal };
    const parts = await placesOf(
      split,
      { parts: prepared.parts, environment: record?.environment ?? null, target: workspace },
      options,
    );
    const own = toolPlace({ name: 'the root', where: `the state of ${folder}`, folder, isUsers: true }, options);
    const hold = await tool.holdState({ folder, access, workspace: kept.workspace, isUsers: true, signal });
    return yield* held(hold, async function* locked() {
      const push = yield* work({ workspace, blueprint, kept, root: heldRoot(own, hold), parts });
      await markReady(workspace, { environment: record?.environment ?? null, ready: push.status === 'pushed' });
      return push;
    });
  } finally {
    // States hold secrets.
    await rm(scratch, { recursive: true, force: true });
  }
}

/** From here on the environment may be deployed, or no more. */
async function markReady(
  workspace: WritableWorkspace,
  { environment, ready }: { readonly environment: string | null; readonly ready: boolean },
): Promise<void> {
  if (environment === null) return;
  const files = createEnvironmentFiles(workspace);
  const document = await files.read(environment);
  if (document !== null)
    await files.write({ ...document, state: ready ? { backend: 'local' } : { backend: 'local', ready } });
}

/** Pushes the states of a split that was written and proven. Throws before anything is changed unless all of it fits. */
export async function* pushSplit(request: PushRequest, at: number): AsyncGenerator<SplitPush, SplitPush> {
  const { workspace, prepared } = request;
  const earlier = await readPush(workspace, prepared.naming.blueprint);
  if (earlier !== null && earlier.status !== 'rolled-back') {
    throw conflict(
      earlier.status === 'pushed' ? 'The states are pushed already.' : 'An earlier push did not come to its end.',
      'Roll it back first.',
    );
  }
  return yield* withSubject(request, async function* push(subject) {
    if ((await codeDigest(prepared.parts)) !== subject.kept.code) {
      throw conflict('The code or what was decided is not what was proven.', 'Write the parts and prove them again.');
    }
    return yield* pushStates(subject, at);
  });
}

/** Takes the push of a split back. Throws `conflict` when there is none, or somebody wrote one of the states since. */
export async function* rollBackSplit(request: PushRequest): AsyncGenerator<SplitPush, SplitPush> {
  const begun = await readPush(request.workspace, request.prepared.naming.blueprint);
  if (begun === null || begun.status === 'rolled-back') {
    throw conflict('There is nothing to roll back.', 'The states of this split are not pushed.');
  }
  return yield* withSubject(request, (subject) => rollBack(subject, begun));
}
