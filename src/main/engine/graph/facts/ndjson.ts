import { createReadStream } from 'node:fs';
import { z } from 'zod';
import type { FactDamage } from '#engine/ports/index.ts';
import { createPauses } from '../shape/index.ts';

/** What the lines of a file say, and those that say nothing. */
export interface ReadLines<Value> {
  readonly values: readonly Value[];
  readonly damage: readonly FactDamage[];
}

export interface LineForm<Value> {
  readonly schema: z.ZodType<Value>;
  /** A quick look that is sure of most lines, where there may be a million; the others go by the schema. */
  readonly isSure?: (value: unknown) => value is Value;
}

/** Lines read between two looks at the clock. */
const linesAtOnce = 64;

/**
 * Reads an NDJSON file line by line, piece by piece. A missing file is an empty one; a last line without its end was
 * never finished (the process was killed while writing it) and does not count; any other unreadable line is damage.
 */
export async function readNdjson<Value>(path: string, form: LineForm<Value>): Promise<ReadLines<Value>> {
  const { schema, isSure } = form;
  const values: Value[] = [];
  const damage: FactDamage[] = [];
  let count = 0;

  function take(line: string): void {
    count += 1;
    try {
      const value: unknown = JSON.parse(line);
      values.push(isSure?.(value) === true ? value : schema.parse(value));
    } catch (error) {
      const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
      damage.push({ file: path, line: count, why });
    }
  }

  const pause = createPauses();
  let rest = '';
  try {
    for await (const piece of createReadStream(path, { encoding: 'utf8', highWaterMark: 1 << 20 })) {
      const lines = `${rest}${String(piece)}`.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        take(line);
        if (count % linesAtOnce === 0) await pause();
      }
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return { values, damage };
}
