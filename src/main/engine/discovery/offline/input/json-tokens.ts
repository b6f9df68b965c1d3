import type { TextPlace } from './text-place.ts';

/** What stands next in a JSON text. `more`: the rest of it has not come; `bad`: it is no token, see `problem`. */
export type JsonToken = '{' | '}' | '[' | ']' | ',' | ':' | 'text' | 'scalar' | 'bad' | 'more';

/** A number or word as JSON knows them. */
const literal = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;
const longestScalar = 4096;

/**
 * The tokens of a JSON text that comes in pieces. It keeps the bytes from `keepFrom` on, because only its reader knows
 * what is still needed. Indexes count within the kept bytes.
 */
export class JsonTokens {
  bytes: Buffer = Buffer.alloc(0);
  /** Where the token that was read last begins and ends. */
  start = 0;
  end = 0;
  /** Line of `end`, counted from 1. */
  line = 1;
  /** Index of the line break before `end`; may have been let go, and is then negative. */
  lineBreak = -1;
  /** What is wrong with a `bad` token. */
  problem = '';
  /** Offset in the whole text of the first kept byte. */
  #offset = 0;
  /** How much of an unfinished text was looked through. */
  #seen = 0;

  /** Adds a piece after letting go of everything before `keepFrom`. */
  add(piece: Uint8Array, keepFrom: number): void {
    const rest = this.bytes.subarray(keepFrom);
    const more = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    this.bytes = rest.length === 0 ? more : Buffer.concat([rest, more]);
    this.#offset += keepFrom;
    this.start -= keepFrom;
    this.end -= keepFrom;
    this.lineBreak -= keepFrom;
  }

  /** Goes on reading at an index on a line. */
  moveTo(index: number, line: number): void {
    this.start = index;
    this.end = index;
    this.line = line;
    this.#seen = 0;
  }

  placeOf(index: number, line: number): TextPlace {
    return { line, offset: this.#offset + index };
  }

  /** Reads the next token. With `last` there is nothing after the kept bytes. */
  next(last: boolean): JsonToken {
    const { bytes } = this;
    let at = this.end;
    let byte = bytes[at];
    while (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) {
      if (byte === 0x0a) {
        this.line += 1;
        this.lineBreak = at;
      }
      at += 1;
      byte = bytes[at];
    }
    this.start = at;
    this.end = at;
    switch (byte) {
      case undefined:
        return 'more';
      case 0x22:
        return this.#text();
      case 0x7b:
        return this.#sign('{');
      case 0x7d:
        return this.#sign('}');
      case 0x5b:
        return this.#sign('[');
      case 0x5d:
        return this.#sign(']');
      case 0x2c:
        return this.#sign(',');
      case 0x3a:
        return this.#sign(':');
      default:
        return this.#scalar(last);
    }
  }

  #sign(sign: '{' | '}' | '[' | ']' | ',' | ':'): JsonToken {
    this.end += 1;
    return sign;
  }

  #text(): JsonToken {
    const { bytes, start } = this;
    let at = start + 1 + this.#seen;
    for (;;) {
      const byte = bytes[at];
      // A backslash at the end of a piece waits for what it escapes.
      if (byte === undefined || (byte === 0x5c && at + 1 === bytes.length)) {
        this.#seen = at - start - 1;
        return 'more';
      }
      if (byte === 0x22) break;
      if (byte < 0x20) return this.#bad('A text has no end', at);
      at += byte === 0x5c ? 2 : 1;
    }
    this.#seen = 0;
    this.end = at + 1;
    return 'text';
  }

  #scalar(last: boolean): JsonToken {
    const { bytes, start } = this;
    let at = start;
    while (!endsScalar(bytes[at])) at += 1;
    const unfinished = at === bytes.length && at - start < longestScalar;
    if (unfinished && !last) return 'more';
    const text = bytes.toString('latin1', start, Math.min(at, start + 40));
    this.end = at;
    if (literal.test(text)) return 'scalar';
    if (unfinished) return 'more';
    return this.#bad(`“${text.replaceAll(/[^ -~]/g, '?')}” is no value`, Math.max(at, start + 1));
  }

  #bad(problem: string, end: number): JsonToken {
    this.problem = problem;
    this.end = end;
    this.#seen = 0;
    return 'bad';
  }
}

function endsScalar(byte: number | undefined): boolean {
  switch (byte) {
    case undefined:
    case 0x20:
    case 0x0a:
    case 0x0d:
    case 0x09:
    case 0x22:
    case 0x2c:
    case 0x3a:
    case 0x5b:
    case 0x5d:
    case 0x7b:
    case 0x7d:
      return true;
    default:
      return false;
  }
}
