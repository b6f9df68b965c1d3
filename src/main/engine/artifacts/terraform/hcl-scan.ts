import { lineFinder } from './line-finder.ts';

/**
 * Finds where blocks and attributes of an HCL file stand. The real parser tells what a file means but loses ranges;
 * this scanner knows only as much syntax as it takes to skip over values: brackets, quoted templates, heredocs and
 * comments. It is run on files the real parser has accepted.
 */
export interface ScannedAttribute {
  readonly name: string;
  /** Line of the name, from 1. */
  readonly line: number;
  /** Offset of the name. */
  readonly from: number;
  /** Offsets of the value's text, without surrounding white space. */
  readonly start: number;
  readonly end: number;
}

export interface ScannedBlock {
  readonly type: string;
  readonly labels: readonly string[];
  /** Line of the block's first word, from 1. */
  readonly line: number;
  readonly endLine: number;
  readonly start: number;
  readonly end: number;
  readonly attributes: readonly ScannedAttribute[];
  readonly blocks: readonly ScannedBlock[];
}

type Body = Pick<ScannedBlock, 'attributes' | 'blocks'>;

const identifier = /[\p{L}_][\p{L}\p{N}_-]*/uy;
const heredocStart = /<<-?([\p{L}_][\p{L}\p{N}_-]*)[ \t]*\r?\n/uy;

class Scanner {
  readonly #text: string;
  readonly #lineOf: (offset: number) => number;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#lineOf = lineFinder(text);
    if (text.startsWith('\uFEFF')) this.#at = 1;
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text);
  }

  #skipLine(): void {
    const end = this.#text.indexOf('\n', this.#at);
    this.#at = end === -1 ? this.#text.length : end;
  }

  /** Skips a comment at the cursor; false when there is none. */
  #skipComment(): boolean {
    if (this.#text.startsWith('#', this.#at) || this.#text.startsWith('//', this.#at)) {
      this.#skipLine();
      return true;
    }
    if (!this.#text.startsWith('/*', this.#at)) return false;
    const end = this.#text.indexOf('*/', this.#at + 2);
    this.#at = end === -1 ? this.#text.length : end + 2;
    return true;
  }

  /** Skips `${…}` or `%{…}`; the cursor stands on the brace. */
  #skipInterpolation(): void {
    this.#at += 1;
    this.#skipUntil('}');
    this.#at += 1;
  }

  #skipQuoted(): void {
    this.#at += 1;
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at];
      const next = this.#text[this.#at + 1];
      if (character === '\\') this.#at += 2;
      else if ((character === '$' || character === '%') && next === character && this.#text[this.#at + 2] === '{') {
        this.#at += 3;
      } else if ((character === '$' || character === '%') && next === '{') {
        this.#at += 1;
        this.#skipInterpolation();
      } else {
        this.#at += 1;
        if (character === '"') return;
      }
    }
  }

  /** Skips a heredoc at the cursor; its end marker stands alone on a line. */
  #skipHeredoc(): boolean {
    const start = this.#match(heredocStart);
    if (start === null) return false;
    this.#at += start[0].length;
    while (this.#at < this.#text.length) {
      const lineStart = this.#at;
      this.#skipLine();
      const line = this.#text.slice(lineStart, this.#at).trim();
      if (line === start[1]) return true;
      this.#at += 1;
    }
    return true;
  }

  /** Moves to the closing bracket, or with null to the end of a value: a new line or brace outside of brackets. */
  #skipUntil(close: string | null): void {
    while (this.#at < this.#text.length) {
      const character = this.#text.charAt(this.#at);
      if (character === close) return;
      if (close === null && (character === '\n' || character === '}')) return;
      if (close === null && (character === '#' || this.#text.startsWith('//', this.#at))) return;
      if (this.#skipComment() || (character === '<' && this.#skipHeredoc())) {
        if (close === null && this.#text[this.#at - 1] !== '/') return;
        continue;
      }
      const closing = { '(': ')', '[': ']', '{': '}' }[character];
      if (character === '"') this.#skipQuoted();
      else if (closing !== undefined) {
        this.#at += 1;
        this.#skipUntil(closing);
        this.#at += 1;
      } else this.#at += 1;
    }
  }

  #skipBlank(): void {
    while (this.#at < this.#text.length) {
      if (/\s/.test(this.#text.charAt(this.#at))) this.#at += 1;
      else if (!this.#skipComment()) return;
    }
  }

  #attribute(name: string, start: number): ScannedAttribute {
    this.#at += 1;
    while (/[ \t]/.test(this.#text.charAt(this.#at))) this.#at += 1;
    const from = this.#at;
    this.#skipUntil(null);
    const end = from + this.#text.slice(from, this.#at).trimEnd().length;
    return { name, line: this.#lineOf(start), from: start, start: from, end };
  }

  #labels(): readonly string[] {
    const labels: string[] = [];
    for (;;) {
      this.#skipBlank();
      const from = this.#at;
      if (this.#text[from] === '"') {
        this.#skipQuoted();
        labels.push(this.#text.slice(from + 1, this.#at - 1));
        continue;
      }
      const word = this.#match(identifier);
      if (word === null) return labels;
      this.#at += word[0].length;
      labels.push(word[0]);
    }
  }

  body(): Body {
    const attributes: ScannedAttribute[] = [];
    const blocks: ScannedBlock[] = [];
    for (;;) {
      this.#skipBlank();
      const word = this.#match(identifier);
      if (word === null) return { attributes, blocks };
      const start = this.#at;
      this.#at += word[0].length;
      this.#skipBlank();
      if (this.#text[this.#at] === '=') {
        attributes.push(this.#attribute(word[0], start));
        continue;
      }
      const labels = this.#labels();
      if (this.#text[this.#at] !== '{') return { attributes, blocks };
      this.#at += 1;
      const inner = this.body();
      const last = this.#at;
      this.#at += 1;
      blocks.push({
        type: word[0],
        labels,
        line: this.#lineOf(start),
        endLine: this.#lineOf(last),
        start,
        end: this.#at,
        ...inner,
      });
    }
  }
}

/** The blocks and attributes of an HCL file with their lines and offsets, in file order. */
export function scanHcl(text: string): Body {
  return new Scanner(text).body();
}
