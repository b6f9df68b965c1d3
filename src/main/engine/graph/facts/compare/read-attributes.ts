import { join } from 'node:path';
import type { Json } from '#shared/base/json.ts';
import type { RunDifference } from '#shared/model/index.ts';
import type { CellRecord } from '../chains.ts';
import { idOfLine, parseBody, type HeadLine } from '../lines.ts';
import { createPartReader, type PartReader } from '../parts.ts';
import { attributeChanges } from './attribute-changes.ts';

interface Side {
  readonly head: HeadLine;
  readonly record: CellRecord;
}

/** A difference with where its two sides stand; null where there is only one. */
export interface Found {
  readonly row: Omit<RunDifference, 'changes' | 'unread'>;
  readonly sides: { readonly before: Side; readonly after: Side } | null;
}

type Bodies = ReadonlyMap<CellRecord, ReadonlyMap<string, Json>>;

/** What changed inside some differences, in their order. Each record's bodies are read once. */
export async function readAttributes(
  differences: readonly Found[],
  signal: AbortSignal,
): Promise<readonly RunDifference[]> {
  const wanted = new Map<CellRecord, Set<string>>();
  for (const { row, sides } of differences) {
    for (const side of sides === null ? [] : [sides.before, sides.after]) {
      const ids = wanted.get(side.record);
      if (ids === undefined) wanted.set(side.record, new Set([row.id]));
      else ids.add(row.id);
    }
  }
  const parts = createPartReader();
  const bodies = new Map<CellRecord, ReadonlyMap<string, Json>>();
  for (const [record, ids] of wanted) {
    signal.throwIfAborted();
    bodies.set(record, await readSome(record, ids, parts));
  }
  return differences.map((difference) => withChanges(difference, bodies));
}

function withChanges({ row, sides }: Found, bodies: Bodies): RunDifference {
  if (sides === null) return { ...row, changes: [], unread: false };
  const before = bodies.get(sides.before.record)?.get(row.id);
  const after = bodies.get(sides.after.record)?.get(row.id);
  if (before === undefined || after === undefined) return { ...row, changes: [], unread: true };
  const changes = attributeChanges({ ...sides.before.head, raw: before }, { ...sides.after.head, raw: after });
  return { ...row, changes: [...changes], unread: false };
}

/** The bodies of some resources of a record; those on a page that cannot be read are not among them. */
async function readSome(
  record: CellRecord,
  ids: ReadonlySet<string>,
  parts: PartReader,
): Promise<ReadonlyMap<string, Json>> {
  const { file, pages } = record.sealed;
  const bodies = new Map<string, Json>();
  if (file === null) return bodies;
  const path = join(record.directory, file);
  const texts = await Promise.allSettled(
    pages.flatMap(({ bodies: part }) => (part === undefined ? [] : [parts.read(path, part)])),
  );
  for (const text of texts) {
    if (text.status === 'rejected') continue;
    for (const line of text.value.split('\n')) {
      const id = idOfLine(line);
      if (id !== null && ids.has(id)) bodies.set(id, parseBody(line).raw);
    }
  }
  return bodies;
}
