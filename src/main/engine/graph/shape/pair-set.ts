/** A set of pairs of node numbers. */
export interface PairSet {
  /** False when the pair was in it already. */
  add(left: number, right: number): boolean;
  has(left: number, right: number): boolean;
  delete(left: number, right: number): boolean;
}

const free = 0xffffffff;
const firstSize = 1024;
/** So that growing one shard takes a few milliseconds even among millions of pairs. */
const shardCount = 64;

function hashOf(left: number, right: number): number {
  const mixed = Math.imul(left ^ Math.imul(right, 0x9e3779b1), 0x85ebca6b);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

function createShard(): PairSet {
  let size = firstSize;
  let lefts = new Uint32Array(size).fill(free);
  let rights = new Uint32Array(size);
  let count = 0;

  /** Where the pair stands, or the free place where it would. */
  function placeOf(left: number, right: number): number {
    let place = (hashOf(left, right) >>> 6) & (size - 1);
    while (lefts[place] !== free && (lefts[place] !== left || rights[place] !== right))
      place = (place + 1) & (size - 1);
    return place;
  }

  function grow(): void {
    const [oldLefts, oldRights] = [lefts, rights];
    size *= 2;
    lefts = new Uint32Array(size).fill(free);
    rights = new Uint32Array(size);
    for (let place = 0; place < oldLefts.length; place += 1) {
      const [left, right] = [oldLefts[place] ?? free, oldRights[place] ?? 0];
      if (left === free) continue;
      const next = placeOf(left, right);
      lefts[next] = left;
      rights[next] = right;
    }
    // Given back at once: the garbage collector would be in no hurry.
    oldLefts.buffer.transfer(0);
    oldRights.buffer.transfer(0);
  }

  return {
    add(left, right) {
      const place = placeOf(left, right);
      if (lefts[place] !== free) return false;
      lefts[place] = left;
      rights[place] = right;
      count += 1;
      if (count * 2 > size) grow();
      return true;
    },
    has: (left, right) => lefts[placeOf(left, right)] !== free,
    delete(left, right) {
      let hole = placeOf(left, right);
      if (lefts[hole] === free) return false;
      count -= 1;
      // What follows without a gap may have been pushed on by the one that goes: it moves up.
      for (let place = (hole + 1) & (size - 1); lefts[place] !== free; place = (place + 1) & (size - 1)) {
        const home = (hashOf(lefts[place] ?? 0, rights[place] ?? 0) >>> 6) & (size - 1);
        if (((place - home) & (size - 1)) < ((place - hole) & (size - 1))) continue;
        lefts[hole] = lefts[place] ?? free;
        rights[hole] = rights[place] ?? 0;
        hole = place;
      }
      lefts[hole] = free;
      return true;
    },
  };
}

/** An empty set. Twelve to sixteen bytes for each pair, where a Set of numbers takes three times that. */
export function createPairSet(): PairSet {
  const shards = Array.from({ length: shardCount }, createShard);
  const shardOf = (left: number, right: number): PairSet =>
    shards[hashOf(left, right) & (shardCount - 1)] ?? createShard();
  return {
    add: (left, right) => shardOf(left, right).add(left, right),
    has: (left, right) => shardOf(left, right).has(left, right),
    delete: (left, right) => shardOf(left, right).delete(left, right),
  };
}
