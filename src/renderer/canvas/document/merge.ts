import type { BlueprintDocument } from '#shared/model/index.ts';
import type { CanvasModel } from './canvas-model.ts';
import { sameValue } from './records.ts';

/** Something both sides changed differently. Undefined stands for “not there”. */
export interface MergeConflict {
  /** The place in the file, for example `nodes.network.set.cidr`. */
  readonly path: readonly string[];
  readonly base: unknown;
  readonly ours: unknown;
  readonly theirs: unknown;
}

export interface Merge {
  /** Both sides together; where they disagree it holds ours until somebody chooses. */
  readonly model: CanvasModel;
  readonly conflicts: readonly MergeConflict[];
}

interface Sides {
  readonly base: unknown;
  readonly ours: unknown;
  readonly theirs: unknown;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Three-way merge of JSON-like records, key by key; lists and single values are whole. Keys keep the order of
 * theirs (the file), new ones of ours follow.
 */
function mergeValue(sides: Sides, path: readonly string[], conflicts: MergeConflict[]): unknown {
  const { base, ours, theirs } = sides;
  if (sameValue(ours, theirs) || sameValue(theirs, base)) return ours;
  if (sameValue(ours, base)) return theirs;
  if (!isRecord(ours) || !isRecord(theirs)) {
    conflicts.push({ path, base, ours, theirs });
    return ours;
  }
  const before = isRecord(base) ? base : {};
  const result: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(theirs), ...Object.keys(ours)])) {
    const inner = { base: before[key], ours: ours[key], theirs: theirs[key] };
    const merged = mergeValue(inner, [...path, key], conflicts);
    if (merged !== undefined) result[key] = merged;
  }
  return result;
}

/**
 * Brings an edited model and the file together. `base` is the file as it was when editing began. Positions never
 * conflict: where both moved a node, ours stays.
 */
export function mergeModels(base: CanvasModel, ours: CanvasModel, theirs: CanvasModel): Merge {
  const conflicts: MergeConflict[] = [];
  const document = mergeValue(
    { base: base.document, ours: ours.document, theirs: theirs.document },
    [],
    conflicts,
  ) as BlueprintDocument;
  const positions = mergeValue(
    { base: base.positions, ours: ours.positions, theirs: theirs.positions },
    [],
    [],
  ) as CanvasModel['positions'];
  return { model: { document, positions }, conflicts };
}

function put(target: unknown, path: readonly string[], value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const record = isRecord(target) ? { ...target } : {};
  const inner = put(record[key], rest, value);
  if (inner === undefined) delete record[key];
  else record[key] = inner;
  return record;
}

/** The merged model with theirs taken at the chosen conflicts, named by their path joined with dots. */
export function settleConflicts(merge: Merge, takeTheirs: ReadonlySet<string>): CanvasModel {
  let document: unknown = merge.model.document;
  for (const conflict of merge.conflicts) {
    if (takeTheirs.has(conflict.path.join('.'))) document = put(document, conflict.path, conflict.theirs);
  }
  return { ...merge.model, document: document as BlueprintDocument };
}
