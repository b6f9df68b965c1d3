import type { TextBlock, TextColumn } from '#engine/ports/index.ts';
import { createNumbers } from './numbers.ts';

/** Texts per block: a block of ids is some megabytes, which is searched in a few milliseconds. */
const blockTexts = 2 ** 16;

/** A text column that grows. */
export interface TextColumnBuilder {
  readonly length: number;
  push(text: string): void;
  finish(): TextColumn;
}

/** With `fold` the texts are kept in lower case for searching, and those that differ once more as they are. */
export function createTextColumn({ fold }: { readonly fold: boolean }): TextColumnBuilder {
  const blocks: TextBlock[] = [];
  let length = 0;
  let texts: string[] = [];
  let ends = createNumbers(Uint32Array);
  let exact = new Map<number, string>();
  let end = 0;

  function closeBlock(): void {
    if (texts.length === 0) return;
    texts.push('');
    blocks.push({ text: texts.join('\n'), ends: ends.finish(), exact });
    texts = [];
    ends = createNumbers(Uint32Array);
    exact = new Map();
    end = 0;
  }

  return {
    get length() {
      return length;
    },
    push(text) {
      const kept = fold ? text.toLowerCase() : text;
      if (kept !== text) exact.set(texts.length, text);
      texts.push(kept);
      end += kept.length;
      ends.push(end);
      end += 1;
      length += 1;
      if (texts.length === blockTexts) closeBlock();
    },
    finish() {
      closeBlock();
      return { length, blocks };
    },
  };
}

function keptAt(block: TextBlock, index: number): string {
  const begin = index === 0 ? 0 : (block.ends[index - 1] ?? 0) + 1;
  return block.text.slice(begin, block.ends[index]);
}

/** The text at a position as it was given; empty beyond the end. */
export function textAt(column: TextColumn, position: number): string {
  const block = column.blocks[Math.floor(position / blockTexts)];
  const index = position % blockTexts;
  return block === undefined ? '' : (block.exact.get(index) ?? keptAt(block, index));
}

/** The text at a position in the form that is searched: in lower case where the column folds. */
export function foldedAt(column: TextColumn, position: number): string {
  const block = column.blocks[Math.floor(position / blockTexts)];
  return block === undefined ? '' : keptAt(block, position % blockTexts);
}

/** The index of the text that holds a place; matches come in order, so it is near the one before. */
function indexOfPlace(ends: Uint32Array, place: number, from: number): number {
  let step = 1;
  let low = from;
  while ((ends[low + step] ?? Number.POSITIVE_INFINITY) <= place) {
    low += step;
    step *= 2;
  }
  let high = Math.min(low + step, ends.length - 1);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ends[middle] ?? 0) <= place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Tells every position whose text holds a word, in order, one block of positions per step of the iteration so that
 * the caller can pause. The word must be in lower case where the column folds, and hold no line break.
 */
export function* matchesOf(column: TextColumn, word: string, tell: (position: number) => void): Generator<void> {
  for (const [number, { text, ends }] of column.blocks.entries()) {
    let index = 0;
    for (let place = text.indexOf(word); place >= 0; place = text.indexOf(word, (ends[index] ?? 0) + 1)) {
      index = indexOfPlace(ends, place, index);
      tell(number * blockTexts + index);
    }
    yield;
  }
}
