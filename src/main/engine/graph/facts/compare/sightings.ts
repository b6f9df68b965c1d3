import type { CellRecord } from '../chains.ts';
import { idOfLine } from '../lines.ts';
import type { PageLines } from './read-places.ts';

/** One resource as a run saw it: its line, not parsed, and the record it stands in. */
export interface Sighting {
  readonly id: string;
  readonly line: string;
  readonly record: CellRecord;
}

/** What the pages say of some resources. Of one seen twice a full body counts, then the later line. */
export function sightingsOf(pages: readonly PageLines[], ids: ReadonlySet<string>): ReadonlyMap<string, Sighting> {
  const sightings = new Map<string, Sighting>();
  for (const { record, lines } of pages) {
    for (const line of lines) {
      const id = idOfLine(line);
      if (id === null || !ids.has(id)) continue;
      const known = sightings.get(id);
      if (known === undefined || !isSparse(line) || isSparse(known.line)) sightings.set(id, { id, line, record });
    }
  }
  return sightings;
}

// Quotes inside a value are escaped, so these texts can only be the fields themselves.

/** True for a line whose source told only a part of the body. */
export function isSparse(line: string): boolean {
  // The short text is not in most lines, and is looked for four times as fast as one that begins with a quote.
  return line.includes('parse":') && line.includes('"sparse":true');
}

const driftHashField = '"driftHash":"';

/** The drift hash of a line, without parsing it. */
export function driftHashOf(line: string): string {
  const at = line.lastIndexOf(driftHashField);
  const start = at + driftHashField.length;
  return at < 0 ? line : line.slice(start, line.indexOf('"', start));
}
