import { createHash } from 'node:crypto';

const firstSlots = 2 ** 12;

/**
 * When each of very many ids was seen: sixteen bytes for each, and not the ids themselves, of which a snapshot of a
 * gigabyte has hundreds of megabytes. Ids are told apart by 64 bits of their SHA-1; among a million different ones two
 * fall together once in thirty million files.
 */
export class SeenTimes {
  #high = new Uint32Array(firstSlots);
  #low = new Uint32Array(firstSlots);
  #times = new Float64Array(firstSlots).fill(Number.NaN);
  #count = 0;

  /** Undefined when it was not seen. */
  get(id: string): number | undefined {
    const [high, low] = keyOf(id);
    const time = this.#times[this.#slotOf(high, low)];
    return time === undefined || Number.isNaN(time) ? undefined : time;
  }

  set(id: string, time: number): void {
    const [high, low] = keyOf(id);
    const slot = this.#slotOf(high, low);
    if (Number.isNaN(this.#times[slot])) this.#count += 1;
    this.#put(slot, { high, low, time });
    if (this.#count * 2 > this.#times.length) this.#grow();
  }

  #put(
    slot: number,
    { high, low, time }: { readonly high: number; readonly low: number; readonly time: number },
  ): void {
    this.#high[slot] = high;
    this.#low[slot] = low;
    this.#times[slot] = time;
  }

  /** Where it stands, or the free place where it would. */
  #slotOf(high: number, low: number): number {
    const mask = this.#times.length - 1;
    let slot = low & mask;
    while (!Number.isNaN(this.#times[slot]) && (this.#high[slot] !== high || this.#low[slot] !== low)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #grow(): void {
    const [highs, lows, times] = [this.#high, this.#low, this.#times];
    const slots = times.length * 2;
    this.#high = new Uint32Array(slots);
    this.#low = new Uint32Array(slots);
    this.#times = new Float64Array(slots).fill(Number.NaN);
    for (const [index, time] of times.entries()) {
      if (Number.isNaN(time)) continue;
      const [high = 0, low = 0] = [highs[index], lows[index]];
      this.#put(this.#slotOf(high, low), { high, low, time });
    }
  }
}

function keyOf(id: string): readonly [high: number, low: number] {
  const digest = createHash('sha1').update(id).digest();
  return [digest.readUInt32LE(0), digest.readUInt32LE(4)];
}
