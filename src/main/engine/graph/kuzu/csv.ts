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
/** Rows are made to bytes together until they are so long: each time costs something of its own. */
const textAtOnce = 8192;

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
  // As bytes soon: a text that grows on would be a tree of millions of small ones, which each turn of the garbage
  // collector follows and copies.
  let text = '';
  let chunk: Buffer = Buffer.allocUnsafeSlow(chunkBytes);
  let used = 0;
  let handle: number | null = null;
  let rows = 0;
  let multiline = false;
  // Most cells say what those above them say, which is seen in less time than whether a text needs quotes.
  const above: CsvValue[] = [];
  const aboveAsText: string[] = [];

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

  /** Makes bytes of the rows that wait as text. */
  function keep(): void {
    const most = text.length * bytesPerUnit;
    if (used + most > chunk.length) {
      flush();
      if (most > chunk.length) chunk = Buffer.allocUnsafeSlow(most);
    }
    used += chunk.write(text, used);
    text = '';
  }

  function textOf(value: CsvValue, column: number): string {
    if (value === above[column]) return aboveAsText[column] ?? '';
    const cell = typeof value === 'string' ? cellText(value) : String(value ?? '');
    above[column] = value;
    aboveAsText[column] = cell;
    return cell;
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
      for (let column = 0; column < values.length; column += 1) {
        if (column > 0) text += ',';
        text += textOf(values[column] ?? null, column);
      }
      text += '\n';
      rows += 1;
      if (text.length >= textAtOnce) keep();
    },
    end() {
      try {
        keep();
        flush();
      } finally {
        close();
      }
    },
    abandon: close,
  };
}
