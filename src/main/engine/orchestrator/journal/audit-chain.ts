import { createHash } from 'node:crypto';

/** What the first entry is chained to. */
export const chainStart = 'groundplan-journal-1';

/** One row as it is hashed: the text of the event exactly as it is stored. */
export interface ChainedRow {
  readonly sequence: number;
  readonly at: number;
  readonly deployment: string;
  readonly text: string;
}

/** The hash of a row over its content and the hash before it: changing any row changes every later one. */
export function chainHash(row: ChainedRow, previousHash: string): string {
  const hash = createHash('sha256');
  for (const part of [previousHash, String(row.sequence), String(row.at), row.deployment, row.text]) {
    hash.update(`${Buffer.byteLength(part)}:${part}`);
  }
  return hash.digest('hex');
}
