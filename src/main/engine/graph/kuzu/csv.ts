import { open, type FileHandle } from 'node:fs/promises';

/** A cell of a row; null and the empty text are both empty (the database's CSV reader knows no difference). */
export type CsvValue = string | number | boolean | null;

/** How the files below are to be read. Without `auto_detect` the database does not sniff, which halves the time. */
export const csvOptions = `header=false, auto_detect=false, delim=',', quote='"', escape='"'`;

const needsQuotes = /[",\\\r\n]/;
const lineBreak = /[\r\n]/;
const flushAt = 1 << 20;

/** A CSV file that grows row by row, opened with its first flush. */
export interface CsvFile {
  readonly path: string;
  readonly rows: number;
  /** True when a value holds a line break: such a file cannot be read in parallel. */
  readonly multiline: boolean;
  add(values: readonly CsvValue[]): void;
  /** Writes what has gathered, when it is worth it. */
  relieve(): Promise<void>;
  /** Writes the rest and closes the file. */
  end(): Promise<void>;
}

export function createCsvFile(path: string): CsvFile {
  let pending = '';
  let handle: FileHandle | null = null;
  let rows = 0;
  let multiline = false;

  /** Numbers and truth values need no quotes; text does only when it holds a sign of the format. */
  function cellText(value: string): string {
    if (!needsQuotes.test(value)) return value;
    if (!multiline && lineBreak.test(value)) multiline = true;
    return `"${value.replaceAll('"', '""')}"`;
  }

  async function flush(): Promise<void> {
    if (pending === '') return;
    const text = pending;
    pending = '';
    handle ??= await open(path, 'w');
    await handle.appendFile(text);
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
      // Added to what is pending cell by cell: looking at a whole row again would copy it once more.
      for (let index = 0; index < values.length; index += 1) {
        const value = values[index];
        if (index > 0) pending += ',';
        if (value === null || value === undefined) continue;
        pending += typeof value === 'string' ? cellText(value) : String(value);
      }
      pending += '\n';
      rows += 1;
    },
    async relieve() {
      if (pending.length >= flushAt) await flush();
    },
    async end() {
      try {
        await flush();
      } finally {
        await handle?.close();
        handle = null;
      }
    },
  };
}
