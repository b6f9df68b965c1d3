import { isUtf8 } from 'node:buffer';
import type { Json } from '#shared/base/json.ts';
import { type JsonToken, JsonTokens } from './json-tokens.ts';
import { parseJson } from './parse-json.ts';
import { nearBytes, RecordFinder, type RecordStart } from './record-finder.ts';
import type { TextPlace, TextProblem } from './text-place.ts';

/** A record of a JSON file, or the place of one that cannot be read. */
export type JsonCut =
  | {
      readonly kind: 'record';
      readonly value: Json;
      /** The keys that lead to the array it stands in, joined by dots; empty for a bare array. */
      readonly path: string;
      readonly place: TextPlace;
      readonly bytes: number;
    }
  | ({ readonly kind: 'broken' } & TextProblem);

/** What the records of an array begin with, by the keys that lead to it (indexes left out); null for other arrays. */
export type RecordsAt = (path: readonly string[]) => RecordStart | null;

export type Scalar = string | number | boolean | null;

/** No real resource comes near; what is larger is a quotation mark or bracket that was lost. */
const maximumRecordBytes = 32 * 2 ** 20;
const maximumDepth = 400;
const longestIndent = 512;
const maximumKeys = 500;
const maximumScalars = 200;
const maximumScalarBytes = 4096;

type Expected = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end' | 'nothing';

/** An object or array outside of records. */
interface Container {
  readonly isArray: boolean;
  readonly path: readonly string[];
  /** For an array of records. */
  readonly finder: RecordFinder | null;
}

interface OpenRecord {
  start: number;
  readonly line: number;
  readonly finder: RecordFinder;
  readonly path: string;
  /** Found after a broken one by a mark that may stand inside a record as well. */
  readonly uncertain: boolean;
}

interface HeldRecord {
  start: number;
  readonly bytes: Buffer;
  readonly finder: RecordFinder;
  readonly cut: Extract<JsonCut, { kind: 'record' }>;
}

/**
 * Cuts the records out of a JSON text of any size, a piece at a time. It checks the grammar itself and leaves only
 * whole records to `JSON.parse`: a broken record is known at the place where it breaks, and reading goes on with the
 * next one. (Libraries that parse streams stop for good at the first error.)
 */
export class JsonScanner {
  /** Single values outside of records, by their dotted path, such as `version` or `QueryInfo.NextToken`. */
  readonly envelope = new Map<string, Scalar>();
  /** Dotted paths of the keys outside of records. */
  readonly keys = new Set<string>();
  /** Why the rest could not be read, when the file is damaged outside of its records or ends too early. */
  damage: TextProblem | null = null;
  readonly #recordsAt: RecordsAt;
  readonly #tokens = new JsonTokens();
  #expected: Expected = 'value';
  #key = '';
  readonly #containers: Container[] = [];
  #record: OpenRecord | null = null;
  /** What is open inside of the record under way: true for arrays. */
  #inside: boolean[] = [];
  /** A record that is whole, kept back until what follows it, a comma apart, shows that it did not end too early. */
  #held: HeldRecord | null = null;
  /** The next record was found by an uncertain mark. */
  #uncertain = false;
  #lastText = 0;
  /** The record that broke, while the next one is looked for. */
  #broken: { readonly head: Buffer; readonly finder: RecordFinder } | null = null;
  #cuts: JsonCut[] = [];

  constructor(recordsAt: RecordsAt) {
    this.#recordsAt = recordsAt;
  }

  /** Takes the next piece and gives the records that end in it. */
  push(piece: Uint8Array): readonly JsonCut[] {
    if (this.damage !== null) return [];
    const keepFrom = Math.max(0, this.#neededFrom());
    this.#tokens.add(piece, keepFrom);
    this.#lastText -= keepFrom;
    if (this.#record !== null) this.#record.start -= keepFrom;
    if (this.#held !== null) this.#held.start -= keepFrom;
    return this.#run(false);
  }

  #neededFrom(): number {
    const begin = this.#held?.start ?? this.#record?.start;
    if (begin !== undefined) return begin;
    const { start, lineBreak } = this.#tokens;
    // The indentation before a record is how the next one is found.
    return start - lineBreak < longestIndent ? Math.min(start, lineBreak) : start;
  }

  /** Ends the text. */
  finish(): readonly JsonCut[] {
    if (this.damage !== null) return [];
    const cuts = [...this.#run(true), ...this.#release()];
    if (this.damage !== null || this.#expected === 'nothing') return cuts;
    const { bytes, line } = this.#tokens;
    this.damage = {
      why: 'The file was cut off: it ends before its end',
      place: this.#tokens.placeOf(bytes.length, line),
    };
    if (this.#record !== null && !this.#record.uncertain) {
      const place = this.#tokens.placeOf(this.#record.start, this.#record.line);
      cuts.push({ kind: 'broken', why: 'The file ends inside it', place });
    }
    return cuts;
  }

  #run(last: boolean): readonly JsonCut[] {
    this.#cuts = [];
    while (this.damage === null) {
      if (this.#broken !== null) {
        if (!this.#seek(this.#broken, last)) break;
        continue;
      }
      const token = this.#tokens.next(last);
      if (this.#isTooLarge(token)) this.#fail(`It is larger than ${maximumRecordBytes / 2 ** 20} MiB`);
      else if (token === 'more' || this.#needsMore(token, last)) break;
      else this.#take(token);
    }
    return this.#cuts;
  }

  #isTooLarge(token: JsonToken): boolean {
    const { start, end, bytes } = this.#tokens;
    return (token === 'more' ? bytes.length : end) - (this.#record?.start ?? start) > maximumRecordBytes;
  }

  /** True when it takes some bytes more to tell whether the record that was kept back is whole. */
  #needsMore(token: JsonToken, last: boolean): boolean {
    const { bytes, start, line } = this.#tokens;
    if (last || this.#held === null || token === ']' || bytes.length - start >= nearBytes) return false;
    this.#tokens.moveTo(start, line);
    return true;
  }

  /** True when what stands after the record that was kept back belongs there, or to the next one. */
  #isFollowed(token: JsonToken, { finder, bytes }: HeldRecord): boolean {
    if (token === ']' || (token !== 'bad' && finder.fits(this.#firstByte()))) return true;
    return finder.beginsNear(this.#tokens.bytes, this.#tokens.start, bytes);
  }

  /** Hands on the record that was kept back. */
  #release(): readonly JsonCut[] {
    if (this.#held === null) return [];
    const { finder, bytes, cut } = this.#held;
    finder.learn(bytes, cut.value);
    this.#held = null;
    return [cut];
  }

  #take(token: Exclude<JsonToken, 'more'>): void {
    if (this.#held !== null && (token !== ',' || this.#expected !== 'comma or end')) {
      if (!this.#isFollowed(token, this.#held)) return this.#fail('It closes too early');
      this.#cuts.push(...this.#release());
    }
    switch (token) {
      case 'bad':
        return this.#fail(this.#tokens.problem);
      case '{':
      case '[':
        return this.#opens(token === '[');
      case '}':
      case ']':
        return this.#closes(token === ']');
      case ',':
        if (this.#expected !== 'comma or end') return this.#fail(this.#unexpected(token));
        this.#expected = this.#isInArray() ? 'value' : 'key';
        return;
      case ':':
        if (this.#expected !== 'colon') return this.#fail(this.#unexpected(token));
        this.#expected = 'value';
        return;
      case 'text':
        this.#lastText = this.#tokens.start;
        if (this.#expected === 'key' || this.#expected === 'key or end') return this.#takeKey();
        return this.#single(token);
      case 'scalar':
        return this.#single(token);
    }
  }

  #takeKey(): void {
    const { start, lineBreak } = this.#tokens;
    if (this.#record !== null) this.#record.finder.keyStands(start - lineBreak);
    else this.#keepKey(this.#parse(start, this.#tokens.end));
    this.#expected = 'colon';
  }

  #keepKey(parsed: Json | undefined): void {
    const key = typeof parsed === 'string' ? parsed : '';
    this.#key = key;
    if (this.keys.size < maximumKeys) this.keys.add([...(this.#containers.at(-1)?.path ?? []), key].join('.'));
  }

  /** A value of one token. */
  #single(token: 'text' | 'scalar'): void {
    if (!this.#startsValue()) return this.#fail(this.#unexpected(token));
    const finder = this.#finder();
    if (finder !== null) {
      if (!finder.fits(this.#firstByte())) return this.#fail('It is no object');
      this.#begins(finder);
    } else if (this.#record === null) this.#keepScalar();
    this.#ended();
  }

  #opens(isArray: boolean): void {
    if (!this.#startsValue()) return this.#fail(this.#unexpected(isArray ? '[' : '{'));
    if (
      this.#record?.finder.isRecordLine(this.#tokens.start - this.#tokens.lineBreak) === true &&
      this.#inside.length > 0
    ) {
      return this.#fail('It has no end before the next one begins');
    }
    if (this.#inside.length + this.#containers.length >= maximumDepth) return this.#fail('It is nested too deep');
    const finder = this.#finder();
    if (finder !== null) this.#begins(finder);
    if (this.#record === null) this.#containers.push(this.#container(isArray));
    else this.#inside.push(isArray);
    this.#expected = isArray ? 'value or end' : 'key or end';
  }

  #container(isArray: boolean): Container {
    const parent = this.#containers.at(-1);
    const path = parent === undefined ? [] : parent.isArray ? parent.path : [...parent.path, this.#key];
    const first = isArray ? this.#recordsAt(path) : null;
    return { isArray, path, finder: first === null ? null : new RecordFinder(first) };
  }

  #closes(isArray: boolean): void {
    const isOpen = this.#isInArray() === isArray && this.#inside.length + this.#containers.length > 0;
    // Some writers leave a comma after the last record.
    const trailing = this.#expected === 'value' && this.#finder() !== null;
    const mayEnd = this.#expected === 'comma or end' || this.#expected === (isArray ? 'value or end' : 'key or end');
    if (!isOpen || !(mayEnd || trailing)) return this.#fail(this.#unexpected(isArray ? ']' : '}'));
    if (this.#record === null) this.#containers.pop();
    else this.#inside.pop();
    this.#ended();
  }

  /** A value has ended, and with it perhaps a record. */
  #ended(): void {
    this.#expected = this.#containers.length === 0 ? 'nothing' : 'comma or end';
    if (this.#record === null || this.#inside.length > 0) return;
    const { start, line, finder, path, uncertain } = this.#record;
    const bytes = this.#tokens.bytes.subarray(start, this.#tokens.end);
    const value = this.#parse(start, this.#tokens.end);
    if (value === undefined) return this.#fail('It is not UTF-8, or has an escape that means nothing');
    if (uncertain && !finder.confirms(value)) return this.#fail('It is part of another');
    const place = this.#tokens.placeOf(start, line);
    this.#held = { start, bytes, finder, cut: { kind: 'record', value, path, place, bytes: bytes.length } };
    this.#record = null;
  }

  /** A record begins with the token that was read last. */
  #begins(finder: RecordFinder): void {
    const { start, line, bytes, lineBreak } = this.#tokens;
    finder.begins(bytes, start, lineBreak);
    const path = this.#containers.at(-1)?.path.join('.') ?? '';
    this.#record = { start, line, finder, path, uncertain: this.#uncertain };
    this.#uncertain = false;
    this.#inside = [];
  }

  #startsValue(): boolean {
    if (this.#expected === 'value' || this.#expected === 'value or end') return true;
    // A comma lost between two records hides neither of them.
    return this.#expected === 'comma or end' && this.#finder() !== null;
  }

  #isInArray(): boolean {
    return this.#record === null ? this.#containers.at(-1)?.isArray === true : this.#inside.at(-1) === true;
  }

  /** The finder of the array whose next record would stand here; null elsewhere. */
  #finder(): RecordFinder | null {
    return this.#record === null ? (this.#containers.at(-1)?.finder ?? null) : null;
  }

  #firstByte(): number | undefined {
    return this.#tokens.bytes[this.#tokens.start];
  }

  #keepScalar(): void {
    const { start, end } = this.#tokens;
    const parent = this.#containers.at(-1);
    if (parent === undefined || parent.isArray) return;
    if (this.envelope.size >= maximumScalars || end - start > maximumScalarBytes) return;
    const value = this.#parse(start, end);
    if (typeof value !== 'object' && value !== undefined)
      this.envelope.set([...parent.path, this.#key].join('.'), value);
    else if (value === null) this.envelope.set([...parent.path, this.#key].join('.'), null);
  }

  /** The value of some bytes; undefined when they are no JSON after all, or no UTF-8. */
  #parse(start: number, end: number): Json | undefined {
    const bytes = this.#tokens.bytes.subarray(start, end);
    if (!isUtf8(bytes)) return undefined;
    try {
      return parseJson(bytes.toString('utf8'));
    } catch {
      // The grammar is checked already; what is left are escapes that mean nothing, told by the caller.
      return undefined;
    }
  }

  #unexpected(what: string): string {
    return `“${what}” stands where ${this.#expected} should`;
  }

  /** The record under way, or the one kept back, is broken; outside of records the file is. */
  #fail(why: string): void {
    const { start, line, bytes } = this.#tokens;
    const finder = this.#record?.finder ?? this.#finder();
    if (finder === null) {
      this.damage = { why, place: this.#tokens.placeOf(start, line) };
      return;
    }
    if (this.#record === null && this.#held === null) finder.begins(bytes, start, this.#tokens.lineBreak);
    const begin = this.#held?.start ?? this.#record?.start ?? start;
    const beginLine = this.#held?.cut.place.line ?? this.#record?.line ?? line;
    if (this.#record?.uncertain !== true) {
      const where = beginLine === line ? why : `${why} (line ${line})`;
      this.#cuts.push({ kind: 'broken', why: where, place: this.#tokens.placeOf(begin, beginLine) });
    }
    // A quotation mark lost at the end of a record swallows how the next one begins, as part of a text.
    const swallowed = this.#lastText > begin ? this.#lastText + 1 : start;
    const from = Math.max(begin + 1, Math.min(finder.windowBefore(start), swallowed));
    this.#broken = { head: Buffer.from(bytes.subarray(begin, begin + 512)), finder };
    this.#record = null;
    this.#held = null;
    this.#inside = [];
    this.#tokens.moveTo(from, this.#lineAt(from, { start: begin, line: beginLine }));
  }

  /** Looks for the next record after a broken one. False when nothing is left to look at for now. */
  #seek({ head, finder }: { readonly head: Buffer; readonly finder: RecordFinder }, last: boolean): boolean {
    const tokens = this.#tokens;
    const before = { start: tokens.end, line: tokens.line };
    const found = finder.find(tokens.bytes, tokens.end, { broken: head, last });
    if (found.kind === 'nothing') {
      tokens.moveTo(found.from, this.#lineAt(found.from, before));
      const place = tokens.placeOf(before.start, before.line);
      if (last) this.damage = { why: 'The file was cut off or damaged: no record was found after this', place };
      return false;
    }
    this.#broken = null;
    this.#expected = 'comma or end';
    this.#uncertain = found.kind === 'record' && !found.certain;
    tokens.moveTo(found.at, this.#lineAt(found.at, before));
    return true;
  }

  /** Line of an index, counted on from a known one. */
  #lineAt(index: number, known: { readonly start: number; readonly line: number }): number {
    const { bytes } = this.#tokens;
    let line = known.line;
    for (let at = bytes.indexOf(0x0a, known.start); at >= 0 && at < index; at = bytes.indexOf(0x0a, at + 1)) line += 1;
    return line;
  }
}
