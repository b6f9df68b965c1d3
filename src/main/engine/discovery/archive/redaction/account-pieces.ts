/** A part of a text: the number or id of an account, or what stands around it. */
export interface AccountPiece {
  readonly text: string;
  readonly isAccount: boolean;
}

/** A project's id has at most thirty characters, a dash after every other one of them. */
const mostSegments = 15;
const accountNumber = /((?<!\d)\d{12}(?!\d))/;

/**
 * A text cut at the accounts in it, such as the number at the end of `acme-logs-123456789012`: whatever looks like an
 * account number, and the known ids (lower-case) between dashes, the longest first. The pieces make the text again.
 */
export function accountPieces(text: string, accountIds: ReadonlySet<string>): readonly AccountPiece[] {
  const segments = text.split('-');
  const pieces: AccountPiece[] = [];
  for (let at = 0; at < segments.length;) {
    if (at > 0) pieces.push({ text: '-', isAccount: false });
    const known = knownAt(segments, at, accountIds);
    if (known > 0) pieces.push({ text: segments.slice(at, at + known).join('-'), isAccount: true });
    else pieces.push(...numberPieces(segments[at] ?? ''));
    at += Math.max(1, known);
  }
  return pieces;
}

/** How many segments from here are an account's id; 0 for none. */
function knownAt(segments: readonly string[], at: number, accountIds: ReadonlySet<string>): number {
  for (let length = Math.min(mostSegments, segments.length - at); length > 0; length -= 1) {
    const id = segments.slice(at, at + length).join('-');
    if (accountIds.has(id.toLowerCase())) return length;
  }
  return 0;
}

function numberPieces(segment: string): readonly AccountPiece[] {
  return segment.split(accountNumber).map((text, index) => ({ text, isAccount: index % 2 === 1 }));
}

export function isGuid(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
