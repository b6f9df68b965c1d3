import type { CodedColumn } from '#engine/ports/index.ts';
import { createPauses } from './pauses.ts';

/** Positions sorted at once before they are merged. */
const runLength = 1024;

/** Less than, equal, greater: as `Array.sort` wants it. */
export type Compare = (left: number, right: number) => number;

/** The positions 0 to `count - 1` in an order; what is equal stays as it was. Merges in slices, so nobody waits long. */
export async function orderPositions(count: number, compare: Compare): Promise<Uint32Array> {
  const pause = createPauses();
  let sorted = Uint32Array.from({ length: count }, (_, position) => position);
  for (let start = 0; start < count; start += runLength) {
    sorted.subarray(start, start + runLength).sort(compare);
    await pause();
  }
  let merged = new Uint32Array(count);
  for (let width = runLength; width < count; width *= 2) {
    for (let start = 0; start < count; start += width * 2) {
      const middle = Math.min(start + width, count);
      const end = Math.min(middle + width, count);
      let [left, right] = [start, middle];
      for (let place = start; place < end; place += 1) {
        const takeLeft = left < middle && (right >= end || compare(sorted[left] ?? 0, sorted[right] ?? 0) <= 0);
        merged[place] = sorted[takeLeft ? left : right] ?? 0;
        if (takeLeft) left += 1;
        else right += 1;
        if (place % 1024 === 0) await pause();
      }
    }
    [sorted, merged] = [merged, sorted];
  }
  return sorted;
}

/** Orders positions by the texts of a column, in slices; those with the same text keep the order they are given in. */
export async function orderByCode(
  positions: Uint32Array,
  { values, codes }: CodedColumn,
  { descending }: { readonly descending: boolean },
): Promise<Uint32Array> {
  const pause = createPauses();
  const inOrder = values.map((_, code) => code).sort((left, right) => compareTexts(values[left], values[right]));
  if (descending) inOrder.reverse();
  const next = new Uint32Array(values.length);
  const counts = new Uint32Array(values.length);
  for (let index = 0; index < positions.length; index += 1) {
    const code = codes[positions[index] ?? 0] ?? 0;
    counts[code] = (counts[code] ?? 0) + 1;
    if (index % 16_384 === 0) await pause();
  }
  let place = 0;
  for (const code of inOrder) {
    next[code] = place;
    place += counts[code] ?? 0;
  }
  const ordered = new Uint32Array(positions.length);
  for (let index = 0; index < positions.length; index += 1) {
    const position = positions[index] ?? 0;
    const code = codes[position] ?? 0;
    const at = next[code] ?? 0;
    ordered[at] = position;
    next[code] = at + 1;
    if (index % 16_384 === 0) await pause();
  }
  return ordered;
}

/** Compares by code units, as the database does: the order of names must not depend on the machine's language. */
export function compareTexts(left = '', right = ''): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
