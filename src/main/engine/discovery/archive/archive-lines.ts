import { createHash, type Hash } from 'node:crypto';
import type { Redaction } from '#shared/model/index.ts';

/** The first line of an archive. */
export interface ArchiveHeader {
  readonly groundplan: typeof archiveMark;
  readonly version: number;
  readonly madeAt: number;
  readonly app: string;
  readonly redacted: readonly Redaction[];
}

export const archiveMark = 'facts-archive';

/** The newest version of the form of an archive that this program reads and the one it writes. */
export const archiveVersion = 1;

/** After so many lines their digest follows, so that damage can be told by its place. */
export const linesPerSeal = 1000;

/** How the line of a digest begins. */
export const sealStart = '{"seal":';

/** The digest of all lines of an archive so far, seals left out. */
export class ArchiveDigest {
  readonly #hash: Hash = createHash('sha256');
  lines = 0;

  add(line: string | Uint8Array): void {
    this.#hash.update(line).update('\n');
    this.lines += 1;
  }

  seal(): { readonly lines: number; readonly sha256: string } {
    return { lines: this.lines, sha256: this.#hash.copy().digest('hex') };
  }
}
