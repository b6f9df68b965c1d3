/**
 * Text in UTF-8 whatever it came in: without a byte order mark, and from UTF-16, in which PowerShell writes files, with
 * such a mark or without.
 */
export async function* asUtf8(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let decoder: TextDecoder | null = null;
  let first = true;
  for await (const given of pieces) {
    let piece = given;
    if (first && piece.length > 0) {
      first = false;
      const encoding = wideEncodingOf(piece);
      if (encoding !== null) decoder = new TextDecoder(encoding);
      else if (piece[0] === 0xef && piece[1] === 0xbb && piece[2] === 0xbf) piece = piece.subarray(3);
    }
    if (decoder === null) yield piece;
    else yield Buffer.from(decoder.decode(piece, { stream: true }), 'utf8');
  }
  if (decoder !== null) yield Buffer.from(decoder.decode(), 'utf8');
}

function wideEncodingOf(head: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  // Everything that is read begins with a sign of ASCII, which has a zero beside it there (RFC 4627, section 3).
  if (head.length < 2 || (head[0] === 0) === (head[1] === 0)) return null;
  return head[1] === 0 ? 'utf-16le' : 'utf-16be';
}
