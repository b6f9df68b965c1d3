import { createPauses } from './pauses.ts';
import { textHash } from './text-hash.ts';

/** Finds positions by their text. */
export interface TextIndex {
  /** Every position with exactly this text, lowest first. */
  find(text: string): readonly number[];
}

/**
 * Indexes the texts at positions 0 to `count - 1` by a table of positions with open addressing: about twelve bytes for
 * each, where a Map with a million texts of its own would take two hundred.
 */
export async function createTextIndex(count: number, textOf: (position: number) => string): Promise<TextIndex> {
  const pause = createPauses();
  let size = 16;
  while (size < count * 2) size *= 2;
  // One more than the position, so that 0 says that a place is free.
  const table = new Uint32Array(size);
  for (let position = 0; position < count; position += 1) {
    let place = textHash(textOf(position)) & (size - 1);
    while (table[place] !== 0) place = (place + 1) & (size - 1);
    table[place] = position + 1;
    if (position % 1024 === 0) await pause();
  }
  return {
    find(text) {
      const found: number[] = [];
      let place = textHash(text) & (size - 1);
      for (let entry = table[place] ?? 0; entry !== 0; entry = table[place] ?? 0) {
        if (textOf(entry - 1) === text) found.push(entry - 1);
        place = (place + 1) & (size - 1);
      }
      return found;
    },
  };
}
