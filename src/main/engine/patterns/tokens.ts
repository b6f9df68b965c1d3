/** What stands for something that is another in every instance. `key` names a member of a repeated resource. */
export type Token = 'name' | 'region' | 'account' | 'key';

/** A text in pieces: what is always the same, and tokens. */
export type Piece = string | { readonly token: Token };

export interface TokenValues {
  /** The prefix that the names of this instance share; null when there is none. */
  readonly stem: string | null;
  readonly region: string;
  readonly account: string;
  readonly key?: string | null;
}

const isWordCharacter = (character: string | undefined): boolean =>
  character !== undefined && /[a-z0-9]/i.test(character);

/**
 * Cuts a text at its tokens. A token counts only between word boundaries, so that the account `1` or the name `a` never
 * replaces a part of something else; a region may be followed by its zone letter.
 */
export function tokenise(value: string, tokens: TokenValues): readonly Piece[] {
  const pieces: Piece[] = [];
  let plain = '';
  let position = 0;
  const push = (token: Token, length: number): void => {
    if (plain !== '') pieces.push(plain);
    plain = '';
    pieces.push({ token });
    position += length;
  };
  while (position < value.length) {
    const free = !isWordCharacter(value[position - 1]);
    if (free && tokens.stem !== null && standsAt(value, position, tokens.stem)) push('name', tokens.stem.length);
    else if (free && regionStandsAt(value, position, tokens.region)) push('region', tokens.region.length);
    else if (free && standsAt(value, position, tokens.account)) push('account', tokens.account.length);
    else {
      plain += value[position] ?? '';
      position += 1;
    }
  }
  if (plain !== '') pieces.push(plain);
  return tokens.key === undefined || tokens.key === null ? pieces : withKey(pieces, tokens.key);
}

function standsAt(value: string, position: number, word: string): boolean {
  return word !== '' && value.startsWith(word, position) && !isWordCharacter(value[position + word.length]);
}

/** A region, also where its zone letter follows. */
function regionStandsAt(value: string, position: number, region: string): boolean {
  if (region === '' || !value.startsWith(region, position)) return false;
  const end = position + region.length;
  const next = value[end];
  return !isWordCharacter(next) || (/[a-f]/.test(next ?? '') && !isWordCharacter(value[end + 1]));
}

/** The member's key stands for itself where a text ends with it: `…-private-a`, `eu-west-1a`. */
function withKey(pieces: readonly Piece[], key: string): readonly Piece[] {
  const last = pieces.at(-1);
  if (typeof last !== 'string' || !last.endsWith(key)) return pieces;
  const before = last.slice(0, last.length - key.length);
  const afterToken = before === '' && pieces.length > 1;
  if (!afterToken && (before === '' || isWordCharacter(before.at(-1)))) return pieces;
  return [...pieces.slice(0, -1), ...(before === '' ? [] : [before]), { token: 'key' }];
}

/** True when no token stands in it. */
export function isPlain(pieces: readonly Piece[]): boolean {
  return pieces.every((piece) => typeof piece === 'string');
}

/** A text that is equal exactly when the pieces are. */
export function canonicalPieces(pieces: readonly Piece[]): string {
  return JSON.stringify(pieces);
}

/** The pieces without their tokens, as lower-case words: what the thing is for in any instance. */
export function wordsOf(pieces: readonly Piece[]): readonly string[] {
  return pieces
    .map((piece) => (typeof piece === 'string' ? piece : '-'))
    .join('')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && !isRandom(word));
}

/** Suffixes that machines make up: long numbers, and hexadecimal words that hold a digit. */
function isRandom(word: string): boolean {
  return /^\d{6,}$/.test(word) || (/^[0-9a-f]{6,}$/.test(word) && /\d/.test(word));
}

/**
 * The prefix that most names of an instance share, cut at a word boundary; null when fewer than half share one.
 * `names` are those people gave: generated ids would only hide it.
 */
export function commonStem(names: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const name of names) {
    for (const prefix of prefixesOf(name)) counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
  }
  const enough = Math.max(2, names.length / 2);
  let best: string | null = null;
  for (const [prefix, count] of counts) {
    if (count >= enough && (best === null || prefix.length > best.length)) best = prefix;
  }
  return best;
}

function prefixesOf(name: string): readonly string[] {
  const prefixes: string[] = [];
  for (let end = 2; end <= name.length; end += 1) {
    const boundary = end === name.length || !isWordCharacter(name[end]);
    if (boundary && isWordCharacter(name[end - 1])) prefixes.push(name.slice(0, end));
  }
  return prefixes;
}
