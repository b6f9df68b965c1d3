import { closeSync, openSync, writeSync } from 'node:fs';

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

/**
 * A CSV file that grows row by row, opened with its first flush. A quarter of a megabyte goes to the system's memory in
 * less time than another thread needs to be asked for it, so this one writes.
 */
export interface CsvFile {
  readonly path: string;
  readonly rows: number;
  /** True when a value holds a line break: such a file cannot be read in parallel. */
  readonly multiline: boolean;
  add(values: readonly CsvValue[]): void;
  /** Writes the rest and closes the file. Throws what the disk says. */
  end(): void;
  /** Closes the file as it is. */
  abandon(): void;
}

export function createCsvFile(path: string): CsvFile {
  // As bytes from the start: a text that grows would be a tree of millions of small ones, which each turn of the
  // garbage collector follows and copies.
  let chunk: Buffer = Buffer.allocUnsafeSlow(chunkBytes);
  let used = 0;
  let handle: number | null = null;
  let rows = 0;
  let multiline = false;

  /** Numbers and truth values need no quotes; text does only when it holds a sign of the format. */
  function cellText(value: string): string {
    if (!needsQuotes.test(value)) return value;
    if (!multiline && lineBreak.test(value)) multiline = true;
    return `"${value.replaceAll('"', '""')}"`;
  }

  function flush(): void {
    handle ??= openSync(path, 'w');
    for (let written = 0; written < used;) written += writeSync(handle, chunk, written, used - written);
    used = 0;
  }

  function keep(row: string): void {
    const most = row.length * bytesPerUnit;
    if (used + most > chunk.length) {
      flush();
      if (most > chunk.length) chunk = Buffer.allocUnsafeSlow(most);
    }
    used += chunk.write(row, used);
  }

  function close(): void {
    if (handle !== null) closeSync(handle);
    handle = null;
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
    end() {
      try {
        flush();
      } finally {
        close();
      }
    },
    abandon: close,
  };
}
