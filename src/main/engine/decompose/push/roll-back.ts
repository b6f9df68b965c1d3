import { AppError, toAppError } from '#shared/errors/index.ts';
import type { SplitDecisions, SplitPush } from '#shared/model/index.ts';
import { decisionsText } from '../proposal/decisions-text.ts';
import type { StateFile } from '../state/state-file.ts';
import { restored, substanceOf } from '../state/way-back.ts';
import type { StatePlace } from './places.ts';
import { withPlace, writePush } from './push-journal.ts';
import { readKeptStates, type KeptStates, type PushSubject } from './push-states.ts';

function substance(state: StateFile): string {
  return substanceOf({ ...state, lineage: '' });
}

/** Something was applied since: going back would lose it. */
function writtenSince(place: StatePlace, there: StateFile): AppError {
  return new AppError(
    'conflict',
    `The state of ${place.name} was written since the push (serial ${there.serial}, ${place.where}).`,
    {
      advice: 'Nothing was changed. What was applied there is in that state only: move it by hand, or keep the parts.',
    },
  );
}

function asItWas(decisions: SplitDecisions): string {
  return `Nothing was changed. Put back the code it was made with; the decisions were ${decisionsText(decisions)}.`;
}

/** The error of dividing the code as it was divided for the push, told as what it means for the way back. */
export function notDividedAsThen(error: unknown, decisions: SplitDecisions): AppError {
  const { code, message, details } = toAppError(error);
  if (code !== 'bad-input') return toAppError(error);
  return new AppError('conflict', `The code is no longer what the push was made with: ${message}`, {
    advice: asItWas(decisions),
    details,
    cause: error,
  });
}

/**
 * Every state that may have been changed is among the places that are emptied: one that was forgotten would own its
 * instances beside the root. Today's code may give other parts than those that were pushed, with the same decisions.
 */
function assertAllKnown(
  { root, parts, blueprint, kept: { made } }: PushSubject,
  begun: SplitPush,
  kept: KeptStates,
): void {
  const known = new Set([root.name, ...parts.map(({ name }) => name)]);
  const touched = begun.places.filter(({ status }) => status !== 'untouched').map(({ place }) => place);
  const unknown = [...new Set([...touched, ...kept.parts.keys()])].filter((name) => !known.has(name)).sort();
  if (unknown.length === 0) return;
  throw new AppError(
    'conflict',
    `The push of ${blueprint} gave states to parts that the code does not give now: ${unknown.join(', ')}.`,
    {
      advice:
        made === null
          ? 'Nothing was changed. Roll back with the decisions (pins, groups, names) and the code it was made with.'
          : asItWas(made.decisions),
      details: { parts: unknown },
    },
  );
}

/** Until the root has its own back, an empty place of a state that arrived means that it lies elsewhere, or is lost. */
function notWhereItWasPut(place: StatePlace): AppError {
  return new AppError('conflict', `The state of ${place.name} is not where it was pushed to (${place.where}).`, {
    advice:
      'Nothing was changed. Put back the backend it was pushed with; when the part was destroyed since, there is nothing to go back to.',
  });
}

/**
 * Takes a push back under the lock of the root's state, however far it came: the root's state is put back from its
 * backup first, so that every instance always has an owner, then the parts' are emptied. Stops before anything is
 * changed when somebody wrote one of them since, or the parts are not those that were pushed. Taking it back twice
 * changes nothing more. Yields the push as it stands after every step.
 */
export async function* rollBack(subject: PushSubject, begun: SplitPush): AsyncGenerator<SplitPush, SplitPush> {
  const { workspace, root, parts } = subject;
  const kept = await readKeptStates(subject);
  assertAllKnown(subject, begun, kept);
  const statusOf = (place: StatePlace): string =>
    begun.places.find((one) => one.place === place.name)?.status ?? 'untouched';
  const touched = parts.filter((place) => statusOf(place) !== 'untouched');
  const rootNow = await root.read();
  const rootIsOld = rootNow !== null && substance(rootNow) === substance(kept.old);
  const rootIsEmpty = rootNow === null || rootNow.resources.length === 0;
  if (rootNow !== null && !rootIsOld && !(rootIsEmpty && rootNow.lineage === kept.old.lineage))
    throw writtenSince(root, rootNow);
  for (const place of touched) {
    const there = await place.read();
    const proven = kept.parts.get(place.name);
    const isEmpty = there === null || there.resources.length === 0;
    const arrived = statusOf(place) === 'changed' && proven !== undefined && proven.resources.length > 0;
    if (isEmpty && arrived && !rootIsOld) throw notWhereItWasPut(place);
    if (!isEmpty && (proven === undefined || substance(there) !== substance(proven))) throw writtenSince(place, there);
  }
  let push: SplitPush = { ...begun, status: 'rolling-back', lock: root.lock() };
  await writePush(workspace, push);
  if (!rootIsOld) await root.put(rootNow === null ? kept.old : restored(kept.old, rootNow.serial));
  const back = await root.read();
  if (back === null || substance(back) !== substance(kept.old)) {
    throw new AppError('tool-failed', 'The state of the root did not come back as it was.', {
      advice: 'The parts’ states are untouched; the backup lies beside the proof. Try again.',
    });
  }
  push = { ...withPlace(push, root.name, 'untouched'), lock: root.lock() };
  await writePush(workspace, push);
  yield push;
  for (const place of touched.toReversed()) {
    await place.clear();
    push = withPlace(push, place.name, 'untouched');
    await writePush(workspace, push);
    yield push;
  }
  push = { ...push, status: 'rolled-back' };
  await writePush(workspace, push);
  yield push;
  return push;
}
