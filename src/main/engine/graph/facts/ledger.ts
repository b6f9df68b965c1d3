import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { coverageCellSchema, scopeFactSchema, type ScopeFact } from '#shared/model/index.ts';
import type { FactDamage } from '#engine/ports/index.ts';
import { cellKey, coverageFile, scopesFile } from './layout.ts';
import { pagePartsSchema } from './parts.ts';

/** A line of the coverage ledger: a sealed cell and where its pages lie. */
const sealedCellSchema = z.object({
  cell: coverageCellSchema,
  /** Relative to the run's folder; null when the cell held nothing. */
  file: z.string().nullable(),
  pages: z.array(pagePartsSchema),
});
export type SealedCell = z.infer<typeof sealedCellSchema>;

interface ReadLines<Value> {
  readonly values: readonly Value[];
  readonly damage: readonly FactDamage[];
}

/**
 * Reads an NDJSON file line by line. A missing file is an empty one; a last line without its end was never finished
 * (the process was killed while writing it) and does not count; any other unreadable line is damage.
 */
async function readNdjson<Value>(path: string, schema: z.ZodType<Value>): Promise<ReadLines<Value>> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const lines = text.split('\n');
  lines.pop();
  const values: Value[] = [];
  const damage: FactDamage[] = [];
  for (const [index, line] of lines.entries()) {
    try {
      values.push(schema.parse(JSON.parse(line)));
    } catch (error) {
      const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
      damage.push({ file: path, line: index + 1, why });
    }
  }
  return { values, damage };
}

/** The sealed cells of a run; of a cell sealed twice the later line counts. */
export async function readLedger(directory: string): Promise<ReadLines<SealedCell>> {
  const { values, damage } = await readNdjson(join(directory, coverageFile), sealedCellSchema);
  const newest = new Map(values.map((sealed) => [cellKey(sealed.cell), sealed]));
  return { values: [...newest.values()], damage };
}

/** The scopes a run saw. */
export async function readScopes(directory: string): Promise<ReadLines<ScopeFact>> {
  return readNdjson(join(directory, scopesFile), scopeFactSchema);
}

/** What the sealed cells add up to, for a run's record. */
export function countLedger(cells: readonly SealedCell[]): {
  readonly resources: number;
  readonly relationships: number;
  readonly cells: number;
  readonly incompleteCells: number;
} {
  const pages = cells.flatMap((sealed) => sealed.pages);
  return {
    resources: pages.reduce((sum, page) => sum + (page.heads?.lines ?? 0), 0),
    relationships: pages.reduce((sum, page) => sum + (page.relationships?.lines ?? 0), 0),
    cells: cells.length,
    incompleteCells: cells.filter(({ cell }) => cell.status !== 'complete' && cell.status !== 'disabled').length,
  };
}
