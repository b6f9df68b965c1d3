import { appendFile } from 'node:fs/promises';

/** Appends lines to one file, in their order. */
export interface LineWriter {
  /** Resolves when the line is in the file; lines that come while others are written go together after them. */
  append(line: string): Promise<void>;
  /** Resolves when all that was asked for is written, or could not be. */
  settled(): Promise<void>;
}

/** A line that could not be written is told to whoever asked for it, and does not keep later ones from being tried. */
export function createLineWriter(path: string): LineWriter {
  let last: Promise<void> = Promise.resolve();
  let next: { readonly lines: string[]; readonly written: Promise<void> } | null = null;

  function begin(): { readonly lines: string[]; readonly written: Promise<void> } {
    const lines: string[] = [];
    const written = last.then(() => {
      next = null;
      return appendFile(path, `${lines.join('\n')}\n`);
    });
    last = written.catch(() => undefined);
    return { lines, written };
  }

  return {
    append(line) {
      next ??= begin();
      next.lines.push(line);
      return next.written;
    },
    settled: () => last,
  };
}
