import { textHash } from './text-hash.ts';

const firstSize = 1024;

/** Numbers texts from 0 in the order in which they come. */
export interface TextNumbers {
  readonly size: number;
  has(text: string): boolean;
  get(text: string): number | undefined;
  /** The number of a text: its own when it is known, else the next one. Whether it was new is told by the size. */
  add(text: string): number;
  /** The text of a number; empty beyond the end. */
  textOf(number: number): string;
  texts(): Iterable<string>;
}

/**
 * A table with open addressing that keeps the hash of each text beside its number. Among a million long ids that begin
 * alike it takes half the time of a Map, which follows a chain of entries and compares with the text of each.
 */
export function createTextNumbers(): TextNumbers {
  const texts: string[] = [];
  let mask = firstSize - 1;
  let hashes = new Int32Array(firstSize);
  // One more than the number, so that 0 says that a place is free.
  let entries = new Uint32Array(firstSize);

  /** Where a text stands, or the free place where it would. */
  function placeOf(text: string, hash: number): number {
    let place = hash & mask;
    for (let entry = entries[place] ?? 0; entry !== 0; entry = entries[place] ?? 0) {
      if (hashes[place] === hash && texts[entry - 1] === text) break;
      place = (place + 1) & mask;
    }
    return place;
  }

  function grow(): void {
    const [oldHashes, oldEntries] = [hashes, entries];
    const size = oldEntries.length * 2;
    mask = size - 1;
    hashes = new Int32Array(size);
    entries = new Uint32Array(size);
    for (const [old, entry] of oldEntries.entries()) {
      if (entry === 0) continue;
      const hash = oldHashes[old] ?? 0;
      let place = hash & mask;
      while (entries[place] !== 0) place = (place + 1) & mask;
      hashes[place] = hash;
      entries[place] = entry;
    }
    // Given back at once: the collector would be in no hurry, and takes such memory as a reason to look at everything.
    oldHashes.buffer.transfer(0);
    oldEntries.buffer.transfer(0);
  }

  return {
    get size() {
      return texts.length;
    },
    has: (text) => entries[placeOf(text, textHash(text))] !== 0,
    get(text) {
      const entry = entries[placeOf(text, textHash(text))] ?? 0;
      return entry === 0 ? undefined : entry - 1;
    },
    add(text) {
      const hash = textHash(text);
      const place = placeOf(text, hash);
      const entry = entries[place] ?? 0;
      if (entry !== 0) return entry - 1;
      const number = texts.length;
      texts.push(text);
      hashes[place] = hash;
      entries[place] = number + 1;
      if (texts.length * 2 > entries.length) grow();
      return number;
    },
    textOf: (number) => texts[number] ?? '',
    texts: () => texts,
  };
}
