import type { Json } from '#shared/base/json.ts';
import type { InputText } from './input-file.ts';
import { isOfPackedData } from './magic.ts';
import { otherPackingOf } from './other-packings.ts';
import { JsonScanner, type RecordsAt, type Scalar } from './json-scanner.ts';

/** What the beginning of a text shows, enough to tell what kind of file it is. */
export interface TextHead {
  /** Its first bracket; null when it is no JSON. */
  readonly bracket: '{' | '[' | null;
  /** Dotted paths of the keys outside of records, as far as the beginning goes. */
  readonly keys: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, Scalar>;
  /** Elements of arrays near the top, with the key that leads there; empty for a bare array. */
  readonly elements: readonly { readonly path: string; readonly value: Json }[];
  readonly firstLine: string;
  /** How it is packed still, as in "It is …"; null for a text. */
  readonly packing: string | null;
  /** Nothing but blanks and line breaks, as far as the beginning goes. */
  readonly isBlank: boolean;
}

const headBytes = 2 ** 20;
const elementsShown = 20;

/** Reads the beginning of a text and looks at it. */
export async function headOf(text: InputText, signal: AbortSignal): Promise<TextHead> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const piece of text.read({ signal, onBytes: () => undefined })) {
      pieces.push(piece);
      bytes += piece.length;
      if (bytes >= headBytes) break;
    }
  } catch (error) {
    // What came before the damage shows what it is; reading it as that tells of the damage.
    if (bytes === 0 || !isOfPackedData(error)) throw error;
  }
  return lookAt(Buffer.concat(pieces).subarray(0, headBytes));
}

const nearTheTop: RecordsAt = (path) => {
  if (path.length > 2) return null;
  // The one export whose records are texts.
  return path.join('.') === 'Results' ? '"' : '{';
};

function lookAt(head: Buffer): TextHead {
  const scanner = new JsonScanner(nearTheTop);
  const elements: { path: string; value: Json }[] = [];
  for (const cut of scanner.push(head)) {
    if (cut.kind === 'record' && elements.length < elementsShown) elements.push({ path: cut.path, value: cut.value });
  }
  // A short text ends with its last element, which is known to be whole only then.
  for (const cut of scanner.finish()) if (cut.kind === 'record') elements.push({ path: cut.path, value: cut.value });
  const firstLine = head.toString('utf8', 0, 64 * 1024).split(/\r?\n/, 1)[0] ?? '';
  const bracket = /^\s*([{[])/.exec(head.toString('latin1', 0, 4096))?.[1];
  return {
    bracket: bracket === '{' || bracket === '[' ? bracket : null,
    keys: scanner.keys,
    values: scanner.envelope,
    elements,
    firstLine,
    packing: otherPackingOf(head),
    isBlank: bracket === undefined && head.toString('utf8').trim() === '',
  };
}
