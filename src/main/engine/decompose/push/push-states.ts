import { readFile } from 'node:fs/promises';
import { AppError } from '#shared/errors/index.ts';
import type { SplitPush } from '#shared/model/index.ts';
import type { WritableWorkspace } from '../../ports/index.ts';
import { proofFiles, type KeptProof } from '../proof/kept-proof.ts';
import { digestOf, readState, type StateFile } from '../state/state-file.ts';
import { emptied, isSameState, substanceOf } from '../state/way-back.ts';
import type { HeldRoot } from './held-root.ts';
import type { StatePlace } from './places.ts';
import { withPlace, writePush } from './push-journal.ts';

/** Everything a push or its way back acts on. */
export interface PushSubject {
  readonly workspace: WritableWorkspace;
  readonly blueprint: string;
  readonly kept: KeptProof;
  /** The root's own state, under its lock. */
  readonly root: HeldRoot;
  /** The parts' in the order they are pushed: who gives before who takes. */
  readonly parts: readonly StatePlace[];
}

/** States of a proof, read back from where they are kept and checked against their digests. */
export interface KeptStates {
  readonly old: StateFile;
  readonly parts: ReadonlyMap<string, StateFile>;
}

/** Reads the states a proof kept. Throws `digest-mismatch` when one is not what was proven. */
export async function readKeptStates({
  workspace,
  blueprint,
  kept,
}: Pick<PushSubject, 'workspace' | 'blueprint' | 'kept'>): Promise<KeptStates> {
  const files = proofFiles(workspace, blueprint);
  const read = async (file: string, digest: string): Promise<StateFile> => {
    const text = await readFile(file, 'utf8').catch(() => '');
    if (digestOf(text) === digest) return readState(text, file).file;
    throw new AppError('digest-mismatch', `${file} is not the state that was proven.`, {
      advice: 'Prove the split again.',
    });
  };
  const parts = new Map<string, StateFile>();
  for (const { part, digest } of kept.states) parts.set(part, await read(files.stateOf(part), digest));
  return { old: await read(files.backup, kept.old.digest), parts };
}

function moved(message: string): AppError {
  return new AppError('state-moved', message, { advice: 'Nothing was changed. Prove the split again.' });
}

/** Nothing is begun unless the root's state is the proven one and the parts' places are empty. */
async function assertFit({ root, parts }: PushSubject, old: StateFile): Promise<void> {
  const now = await root.read();
  if (now === null || !isSameState(now, old)) {
    throw moved(
      `The state of the root is another than the one that was proven (serial ${now?.serial ?? 'none'} instead of ${old.serial}).`,
    );
  }
  for (const place of parts) {
    const there = await place.read();
    if (there !== null && there.resources.length > 0) {
      throw new AppError(
        'already-exists',
        `There is a state already where that of ${place.name} would go: ${place.where}.`,
        {
          advice: 'Nothing was changed. Roll back the earlier push, or give the split another name.',
        },
      );
    }
  }
}

/** A part's state in the place it was put to, whatever was there before: its serial follows. */
async function putInto(place: StatePlace, state: StateFile): Promise<void> {
  const there = await place.read();
  const next = there === null ? state : { ...state, lineage: there.lineage, serial: there.serial + 1 };
  await place.put(next);
  const arrived = await place.read();
  if (arrived === null || substanceOf({ ...arrived, lineage: '' }) !== substanceOf({ ...state, lineage: '' })) {
    throw new AppError('tool-failed', `The state of ${place.name} did not arrive as it was pushed.`, {
      advice: 'Roll the push back.',
    });
  }
}

/**
 * Pushes the proven states under the lock of the root's: the parts' first, those before whose values others take, each
 * read back; the root's is emptied last, and only over the very serial that was proven. Each step is on disk before it
 * is taken. Yields the push as it stands after every step. What fails is left as it is, for the way back.
 */
export async function* pushStates(subject: PushSubject, at: number): AsyncGenerator<SplitPush, SplitPush> {
  const { workspace, blueprint, root, parts } = subject;
  const kept = await readKeptStates(subject);
  await assertFit(subject, kept.old);
  let push: SplitPush = {
    blueprint,
    at,
    status: 'pushing',
    serial: kept.old.serial,
    lock: root.lock(),
    places: [...parts, root].map(({ name, where }) => ({ place: name, where, status: 'untouched' as const })),
  };
  const mark = async (place: string, status: SplitPush['places'][number]['status']): Promise<SplitPush> => {
    push = withPlace(push, place, status);
    await writePush(workspace, push);
    return push;
  };
  for (const place of parts) {
    const state = kept.parts.get(place.name);
    if (state === undefined)
      throw new AppError('digest-mismatch', `No state of ${place.name} was proven.`, {
        advice: 'Prove the split again.',
      });
    await root.assertHeld();
    yield await mark(place.name, 'changing');
    await putInto(place, state);
    yield await mark(place.name, 'changed');
  }
  yield await mark(root.name, 'changing');
  // The serial follows the proven one: had anybody written meanwhile, the tool would refuse this.
  await root.put(emptied(kept.old));
  push = { ...withPlace(push, root.name, 'changed'), status: 'pushed', lock: root.lock() };
  await writePush(workspace, push);
  yield push;
  return push;
}
