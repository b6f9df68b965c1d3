/** A power of two, and small enough to stay in the processor's own memory. */
const places = 2 ** 12;
/** Ids of one place differ in their last signs. */
const signs = 8;

/** The numbers of the ids that were looked for lately. */
export interface RecentNumbers {
  get(id: string): number | undefined;
  set(id: string, number: number): void;
}

function placeOf(id: string): number {
  let mixed = id.length;
  for (let at = Math.max(0, id.length - signs); at < id.length; at += 1) {
    mixed = Math.imul(mixed, 31) + id.charCodeAt(at);
  }
  return mixed & (places - 1);
}

/**
 * One number for each place that ids fall on, the last one looked for. Relationships of one cell lead to the same few
 * networks, groups and keys again and again: finding those here takes a tenth of looking for them among a million,
 * where the text is hashed first and each step goes to another corner of the memory.
 */
export function createRecentNumbers(): RecentNumbers {
  const ids: (string | undefined)[] = Array.from({ length: places }, () => undefined);
  const numbers = new Uint32Array(places);
  return {
    get(id) {
      const place = placeOf(id);
      return ids[place] === id ? numbers[place] : undefined;
    },
    set(id, number) {
      const place = placeOf(id);
      ids[place] = id;
      numbers[place] = number;
    },
  };
}
