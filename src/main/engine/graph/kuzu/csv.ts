import { open, type FileHandle } from 'node:fs/promises';

/** A cell of a row; null and the empty text are both empty (the database's CSV reader knows no difference). */
export type CsvValue = string | number | boolean | null;

/** How the files below are to be read. Without `auto_detect` the database does not sniff, which halves the time. */
export const csvOptions = `header=false, auto_detect=false, delim=',', quote='"', escape='"'`;

const needsQuotes = /[",\\\r\n]/;
const lineBreak = /[\r\n]/;
/** Bytes that gather before they are written. */
const chunkBytes = 1 << 18;
/** The most bytes that a character of a text becomes. */
const bytesPerUnit = 3;

/** A CSV file that grows row by row, opened with its first flush. */
export interface CsvFile {
  readonly path: string;
  readonly rows: number;
  /** True when a value holds a line break: such a file cannot be read in parallel. */
  readonly multiline: boolean;
  add(values: readonly CsvValue[]): void;
  /** Writes what has gathered; undefined when that is not worth it yet. */
  relieve(): Promise<void> | undefined;
  /** Writes the rest and closes the file. */
  end(): Promise<void>;
}

export function createCsvFile(path: string): CsvFile {
  // As bytes from the start: a text that grows would be a tree of millions of small ones, which each turn of the
  // garbage collector follows and copies.
  let chunk: Buffer = Buffer.allocUnsafeSlow(chunkBytes);
  let used = 0;
  let full: Buffer[] = [];
  /** One that was written, to be filled again. */
  let spare: Buffer | null = null;
  let handle: FileHandle | null = null;
  let rows = 0;
  let multiline = false;

  /** Numbers and truth values need no quotes; text does only when it holds a sign of the format. */
  function cellText(value: string): string {
    if (!needsQuotes.test(value)) return value;
    if (!multiline && lineBreak.test(value)) multiline = true;
    return `"${value.replaceAll('"', '""')}"`;
  }

  function keep(row: string): void {
    const most = row.length * bytesPerUnit;
    if (used + most > chunk.length) {
      full.push(chunk.subarray(0, used));
      chunk = spare !== null && spare.length >= most ? spare : Buffer.allocUnsafeSlow(Math.max(chunkBytes, most));
      spare = null;
      used = 0;
    }
    used += chunk.write(row, used);
  }

  async function flush(chunks: readonly Buffer[]): Promise<void> {
    handle ??= await open(path, 'w');
    for (const part of chunks) await handle.appendFile(part);
    const [written] = chunks;
    if (written !== undefined) spare = Buffer.from(written.buffer, 0, chunkBytes);
  }

  return {
    path,
    get rows() {
      return rows;
    },
    get multiline() {
      return multiline;
    },
    add(values) {
      let row = '';
      for (let index = 0; index < values.length; index += 1) {
        const value = values[index];
        if (index > 0) row += ',';
        if (value === null || value === undefined) continue;
        row += typeof value === 'string' ? cellText(value) : String(value);
      }
      keep(`${row}\n`);
      rows += 1;
    },
    relieve() {
      if (full.length === 0) return undefined;
      const chunks = full;
      full = [];
      return flush(chunks);
    },
    async end() {
      try {
        await flush([...full, chunk.subarray(0, used)]);
      } finally {
        full = [];
        used = 0;
        await handle?.close();
        handle = null;
      }
    },
  };
}
