import { failed, ok, type Result } from '#shared/base/result.ts';
import type { CanvasModel } from './canvas-model.ts';
import { applyCommand, describeCommand, mergeKey, type CanvasCommand } from './commands.ts';

interface Entry {
  readonly command: CanvasCommand;
  readonly before: CanvasModel;
  readonly after: CanvasModel;
  readonly at: number;
}

/** What was done, to the beginning. Models share their unchanged parts, so keeping them costs little. */
export interface History {
  readonly past: readonly Entry[];
  readonly future: readonly Entry[];
}

export interface Edited {
  readonly model: CanvasModel;
  readonly history: History;
}

export const emptyHistory: History = { past: [], future: [] };

/** Milliseconds within which keystrokes into the same field are one step of undo. */
const mergeWithin = 1200;

/** Does a command and remembers it. `at` is the time in milliseconds. */
export function perform(edited: Edited, command: CanvasCommand, at: number): Result<Edited, string> {
  const result = applyCommand(edited.model, command);
  if (!result.ok) return failed(result.problems);
  if (result.value === edited.model) return ok(edited);
  const last = edited.history.past.at(-1);
  const key = mergeKey(command);
  const merges = key !== null && last !== undefined && mergeKey(last.command) === key && at - last.at < mergeWithin;
  const entry: Entry = { command, before: merges ? last.before : edited.model, after: result.value, at };
  const past = merges ? edited.history.past.slice(0, -1) : edited.history.past;
  return ok({ model: result.value, history: { past: [...past, entry], future: [] } });
}

/** Takes the last step back; the same object when there is none. */
export function undo(edited: Edited): Edited {
  const last = edited.history.past.at(-1);
  if (last === undefined) return edited;
  const { past, future } = edited.history;
  return { model: last.before, history: { past: past.slice(0, -1), future: [last, ...future] } };
}

/** Does the step taken back last once more; the same object when there is none. */
export function redo(edited: Edited): Edited {
  const [next, ...future] = edited.history.future;
  if (next === undefined) return edited;
  return { model: next.after, history: { past: [...edited.history.past, next], future } };
}

/** What undo would take back, in words, or null. */
export function undoText(history: History): string | null {
  const last = history.past.at(-1);
  return last === undefined ? null : describeCommand(last.command);
}

/** What redo would do again, in words, or null. */
export function redoText(history: History): string | null {
  const next = history.future.at(0);
  return next === undefined ? null : describeCommand(next.command);
}
