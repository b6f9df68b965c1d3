import { join } from 'node:path';
import type { RunDifference } from '#shared/model/index.ts';
import type { CellRecord } from '../chains.ts';
import { idOfLine, parseBody, parseHead } from '../lines.ts';
import { createPartReader, type PartReader } from '../parts.ts';
import { attributeChanges, type ResourceSide } from './attribute-changes.ts';

/** A difference with the records its two sides stand in; null where there is only one. */
export interface Found {
  readonly row: Omit<RunDifference, 'changes' | 'unread'>;
  readonly sides: { readonly before: CellRecord; readonly after: CellRecord } | null;
}

/** What a record says of some resources, by id; what cannot be read is not in it. */
type Sides = ReadonlyMap<CellRecord, ReadonlyMap<string, ResourceSide>>;

/** What changed inside some differences, in their order. Each record is read once. */
export async function readAttributes(
  differences: readonly Found[],
  signal: AbortSignal,
): Promise<readonly RunDifference[]> {
  const wanted = new Map<CellRecord, Set<string>>();
  for (const { row, sides } of differences) {
    for (const record of sides === null ? [] : [sides.before, sides.after]) {
      const ids = wanted.get(record);
      if (ids === undefined) wanted.set(record, new Set([row.id]));
      else ids.add(row.id);
    }
  }
  const parts = createPartReader();
  const read = new Map<CellRecord, ReadonlyMap<string, ResourceSide>>();
  for (const [record, ids] of wanted) {
    signal.throwIfAborted();
    read.set(record, await readSides(record, ids, parts));
  }
  return differences.map((difference) => withChanges(difference, read));
}

function withChanges({ row, sides }: Found, read: Sides): RunDifference {
  if (sides === null) return { ...row, changes: [], unread: false };
  const before = read.get(sides.before)?.get(row.id);
  const after = read.get(sides.after)?.get(row.id);
  if (before === undefined || after === undefined) return { ...row, changes: [], unread: true };
  return { ...row, changes: [...attributeChanges(before, after)], unread: false };
}

async function readSides(
  record: CellRecord,
  ids: ReadonlySet<string>,
  parts: PartReader,
): Promise<ReadonlyMap<string, ResourceSide>> {
  const [heads, bodies] = [
    await readLines(record, { kind: 'heads', ids, parts }),
    await readLines(record, { kind: 'bodies', ids, parts }),
  ];
  const sides = new Map<string, ResourceSide>();
  for (const [id, line] of heads) {
    const body = bodies.get(id);
    if (body !== undefined) sides.set(id, { ...parseHead(line), raw: parseBody(body).raw });
  }
  return sides;
}

interface Wanted {
  readonly kind: 'heads' | 'bodies';
  readonly ids: ReadonlySet<string>;
  readonly parts: PartReader;
}

// Quotes inside a value are escaped. In a body the field stands last, and deeper inside a second bracket follows it.
const isOfPart = {
  heads: (line: string) => line.includes('"sparse":true'),
  bodies: (line: string) => line.endsWith(',"sparse":true}'),
};

/** The last line of each resource, one of a full body before one of a part; a page that cannot be read has none. */
async function readLines(record: CellRecord, { kind, ids, parts }: Wanted): Promise<ReadonlyMap<string, string>> {
  const { file, pages } = record.sealed;
  const lines = new Map<string, string>();
  if (file === null) return lines;
  const path = join(record.directory, file);
  const texts = await Promise.allSettled(
    pages.flatMap(({ [kind]: part }) => (part === undefined ? [] : [parts.read(path, part)])),
  );
  for (const text of texts) {
    if (text.status === 'rejected') continue;
    for (const line of text.value.split('\n')) {
      const id = idOfLine(line);
      if (id === null || !ids.has(id)) continue;
      const known = lines.get(id);
      if (known === undefined || !isOfPart[kind](line) || isOfPart[kind](known)) lines.set(id, line);
    }
  }
  return lines;
}
