import type { Json } from '#shared/base/json.ts';

const newline = 0x0a;
/** Enough to see how a record begins. */
const openingBytes = 512;
const garbageBytes = 4;
/** What must be at hand to tell whether a record begins near a place. */
export const nearBytes = 2 * openingBytes;

/** What was found after a broken record. */
export type Found =
  | { readonly kind: 'record'; readonly at: number; readonly certain: boolean }
  | { readonly kind: 'end'; readonly at: number }
  /** Nothing up to here; what follows `from` has to be looked at again once there is more. */
  | { readonly kind: 'nothing'; readonly from: number };

/** What the records of an array begin with: objects, lists of columns, or texts that hold one each. */
export type RecordStart = '{' | '[' | '"';

interface LineSearch {
  readonly indent: Buffer;
  /** False to take less indentation as well. */
  readonly exact: boolean;
  readonly last: boolean;
}

/**
 * Finds where the next record of an array begins when one is broken. Printed with indentation, records stand on lines
 * of their own, and the line tells. Written without breaks, one looks for what the records before began with, which
 * may also stand inside a record: such a find is uncertain and has to be confirmed by its keys.
 */
export class RecordFinder {
  /** The line break and indentation before each record; null where there is none. */
  #indent: Buffer | null = null;
  #opener: Buffer | null = null;
  #keys: Set<string> | null = null;
  /** Records are indented further inside, so that no other line of theirs begins where they begin. */
  #stepsIn = false;
  /** What each record begins with: a bracket, or a quotation mark. */
  readonly #first: number;

  constructor(first: RecordStart) {
    this.#first = first.charCodeAt(0);
  }

  /** Where to begin looking after a failure at `at`, so that a record that begins there is found. */
  windowBefore(at: number): number {
    return at - (this.#indent?.length ?? 0);
  }

  /** Told of each record's start; `lineStart` is the index of the line break before it, negative when unknown. */
  begins(bytes: Buffer, at: number, lineStart: number): void {
    if (this.#opener !== null) return;
    const ownLine = lineStart >= 0 && isBlank(bytes, lineStart + 1, at);
    this.#indent = ownLine && at - lineStart < openingBytes ? Buffer.from(bytes.subarray(lineStart, at)) : null;
  }

  /** Told of each record that could be read, with its bytes. */
  learn(record: Buffer, value: Json): void {
    this.#opener ??= openerOf(record, this.#first) ?? Buffer.from([this.#first]);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    if (this.#keys === null) this.#keys = new Set(Object.keys(value));
    else for (const key of this.#keys) if (!Object.hasOwn(value, key)) this.#keys.delete(key);
  }

  /** False for what begins otherwise than a record, such as a text among objects. */
  fits(firstByte: number | undefined): boolean {
    return firstByte === this.#first;
  }

  /** Told how far each key of a record stands behind the line break before it. */
  keyStands(depth: number): void {
    if (this.#indent !== null && this.#opener === null) this.#stepsIn ||= depth > this.#indent.length;
  }

  /** True where only a record can begin: on a line of its own, with the indentation of one. */
  isRecordLine(depth: number): boolean {
    return this.#stepsIn && depth === this.#indent?.length;
  }

  /** True when the next record stands at `at` or right after it, perhaps without its bracket. `before` came before. */
  beginsNear(bytes: Buffer, at: number, before: Buffer): boolean {
    const opener = this.#opener ?? openerOf(before, this.#first);
    if (opener === null || opener.length < 4) return false;
    const key = opener.subarray(Math.max(1, opener.indexOf(0x22)));
    if (bytes.subarray(at, at + garbageBytes + opener.length).includes(key)) return true;
    return bytes.subarray(at, at + garbageBytes + (this.#indent?.length ?? 0) + opener.length).includes(opener);
  }

  /** True when an uncertain find has what every record so far had. */
  confirms(value: Json): boolean {
    const keys = this.#keys;
    if (keys === null) return true;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    return [...keys].every((key) => Object.hasOwn(value, key));
  }

  /**
   * Looks from `from` on; with `last` nothing comes after `bytes`. `broken` is the record that failed, for when none
   * could be read yet.
   */
  find(bytes: Buffer, from: number, { broken, last }: { readonly broken: Buffer; readonly last: boolean }): Found {
    if (this.#indent !== null) {
      // A broken one that lost its bracket begins with its first key, a step further in.
      const exact = this.#opener !== null || broken[0] === this.#first;
      return this.#findLine(bytes, from, { indent: this.#indent, exact, last });
    }
    const opener = this.#opener ?? openerOf(broken, this.#first);
    return opener === null ? this.#findNext(bytes, from) : this.#findOpener(bytes, from, opener);
  }

  #findLine(bytes: Buffer, from: number, { indent, exact, last }: LineSearch): Found {
    let start = bytes.indexOf(newline, from);
    while (start >= 0) {
      let at = start + 1;
      while (at < bytes.length && (bytes[at] === 0x20 || bytes[at] === 0x09 || bytes[at] === 0x0d)) at += 1;
      if (at >= bytes.length) return { kind: 'nothing', from: start };
      const here = bytes[at];
      const depth = at - start;
      const fits = exact ? depth === indent.length : depth <= indent.length;
      if (fits && here === this.#first) return { kind: 'record', at, certain: true };
      if (depth < indent.length && here === 0x5d) {
        const rest = endOfLine(bytes, at + 1);
        if (rest === bytes.length && !last) return { kind: 'nothing', from: start };
        if (rest === bytes.length || bytes[rest] === newline) return { kind: 'end', at };
      }
      start = bytes.indexOf(newline, at);
    }
    return { kind: 'nothing', from: bytes.length };
  }

  #findOpener(bytes: Buffer, from: number, opener: Buffer): Found {
    const at = bytes.indexOf(opener, from);
    if (at >= 0) return { kind: 'record', at, certain: false };
    return { kind: 'nothing', from: Math.max(from, bytes.length - opener.length + 1) };
  }

  /** Before any record could be read: what follows another one. */
  #findNext(bytes: Buffer, from: number): Found {
    const start = String.fromCharCode(this.#first);
    const end = { '{': '}', '[': ']' }[start] ?? start;
    const found = [`${end},${start}`, `${end}, ${start}`]
      .map((mark) => ({ mark, at: bytes.indexOf(mark, from) }))
      .filter(({ at }) => at >= 0)
      .sort((left, right) => left.at - right.at)[0];
    if (found === undefined) return { kind: 'nothing', from: Math.max(from, bytes.length - 3) };
    return { kind: 'record', at: found.at + found.mark.length - 1, certain: false };
  }
}

/** True when only blanks stand from `from` up to `to`. */
function isBlank(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (bytes[at] !== 0x20 && bytes[at] !== 0x09) return false;
  return true;
}

/** Where what a line may end with after a bracket ends: a comma, further brackets. */
function endOfLine(bytes: Buffer, from: number): number {
  let at = from;
  while ([0x0d, 0x2c, 0x5d, 0x7d].includes(bytes[at] ?? 0)) at += 1;
  return at;
}

/** What a record begins with: its bracket and first key, or the first characters of a text; null when it is unclear. */
function openerOf(record: Buffer, first: number): Buffer | null {
  const head = record.subarray(0, openingBytes).toString('latin1');
  const whole = first !== 0x7b ? /^[["].{1,12}/s.exec(head) : /^\{\s*"(?:[^"\\]|\\.)*"\s*:/.exec(head);
  // One that lost its bracket begins with its first key.
  const key = first !== 0x7b ? null : /^[^"{[]{0,2}("(?:[^"\\]|\\.)*"\s*:)/.exec(head);
  if (whole !== null) return Buffer.from(whole[0], 'latin1');
  return key === null ? null : Buffer.from(`{${key[1] ?? ''}`, 'latin1');
}
