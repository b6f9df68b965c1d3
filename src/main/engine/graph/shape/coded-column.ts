import type { CodedColumn } from '#engine/ports/index.ts';
import { createNumbers } from './numbers.ts';

/** A coded column that grows. */
export interface CodedColumnBuilder {
  push(text: string): void;
  finish(): CodedColumn;
}

export function createCodedColumn(): CodedColumnBuilder {
  const known = new Map<string, number>([['', 0]]);
  const codes = createNumbers(Uint32Array);
  let last = '';
  let lastCode = 0;
  return {
    push(text) {
      // Resources come account by account and kind by kind: comparing with the last is cheaper than looking up.
      if (text !== last) {
        lastCode = known.get(text) ?? known.size;
        known.set(text, lastCode);
        last = text;
      }
      codes.push(lastCode);
    },
    finish: () => ({ values: [...known.keys()], codes: codes.finish() }),
  };
}

/** The text at a position; empty beyond the end. */
export function codedAt({ values, codes }: CodedColumn, position: number): string {
  return values[codes[position] ?? 0] ?? '';
}
