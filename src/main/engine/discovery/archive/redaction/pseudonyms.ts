/** Other words for words, one for one, and of the same make: digits stay digits, hexadecimal ids stay hexadecimal. */
export class Pseudonyms {
  readonly #known = new Map<string, string>();
  readonly #taken: ReadonlySet<string>;
  readonly #counts = { word: 0, hex: 0, digits: 0, guid: 0, hardware: 0 };

  /** `taken`, in lower case, are texts that no pseudonym may be. */
  constructor(taken: ReadonlySet<string>) {
    this.#taken = taken;
  }

  /** A word in any case; the answer has its case, so that ids in two spellings stay one. */
  word(text: string): string {
    const lower = text.toLowerCase();
    const isHex = /^(?=.*\d)[0-9a-f]{8,}$/.test(lower);
    const make = isHex ? () => this.#hex(lower.length) : () => this.#letters(lower.length);
    return inCase(this.#of(lower, /^\d+$/.test(lower) ? () => this.#digits(lower.length) : make), text);
  }

  guid(text: string): string {
    const made = this.#of(text.toLowerCase(), () => {
      const serial = (this.#counts.guid += 1).toString(16).padStart(12, '0');
      return `c0ffee00-0000-4000-8000-${serial}`;
    });
    return /[A-F]/.test(text) ? made.toUpperCase() : made;
  }

  /** Twelve hexadecimal digits of a hardware address: locally administered, so that no maker has it. */
  hardware(digits: string): string {
    return this.#of(`mac ${digits.toLowerCase()}`, () => {
      return `02c0ff${(this.#counts.hardware += 1).toString(16).padStart(6, '0')}`;
    });
  }

  #of(lower: string, make: () => string): string {
    const known = this.#known.get(lower);
    if (known !== undefined) return known;
    let made = make();
    while (this.#taken.has(made)) made = make();
    this.#known.set(lower, made);
    return made;
  }

  /** At least six letters, and no fewer than the word has: a case for each. */
  #letters(length: number): string {
    this.#counts.word += 1;
    let rest = this.#counts.word;
    let text = '';
    for (; rest > 0; rest = Math.floor(rest / 20)) text = `${consonants[rest % 20] ?? ''}${text}`;
    return text.padStart(Math.max(6, length), consonants[0]);
  }

  #hex(length: number): string {
    return `d${(this.#counts.hex += 1).toString(16).padStart(length - 1, '0')}`;
  }

  #digits(length: number): string {
    return `9${String((this.#counts.digits += 1)).padStart(length - 1, '0')}`;
  }
}

/** No vowels, so that nobody reads words into it; twenty of them. */
const consonants = 'bcdfghjklmnpqrstvwxz';

function inCase(made: string, pattern: string): string {
  if (pattern === pattern.toLowerCase()) return made;
  return made.replaceAll(/[a-z]/g, (letter, index: number) =>
    /\p{Lu}/u.test(pattern[index] ?? '') ? letter.toUpperCase() : letter,
  );
}
