import { join } from 'node:path';
import { z } from 'zod';
import { coverageCellSchema, coverageStatuses, scopeFactSchema, type ScopeFact } from '#shared/model/index.ts';
import { cellKey, coverageFile, scopesFile } from './layout.ts';
import { readNdjson, type ReadLines } from './ndjson.ts';
import { isPageParts, pagePartsSchema } from './parts.ts';

/** A line of the coverage ledger: a sealed cell and where its pages lie. */
const sealedCellSchema = z.object({
  cell: coverageCellSchema,
  /** Relative to the run's folder; null when the cell held nothing. */
  file: z.string().nullable(),
  pages: z.array(pagePartsSchema),
});
export type SealedCell = z.infer<typeof sealedCellSchema>;

const statuses: ReadonlySet<unknown> = new Set(coverageStatuses);
const cellTexts = ['scope', 'region', 'kind'] as const;
const cellNumbers = ['run', 'pages', 'rows'] as const;

/**
 * Sure of a cell that says nothing unusual, which most are: there may be a hundred thousand of them, and the schema
 * would take most of the time of opening a workspace.
 */
function isPlainCell(value: unknown): value is SealedCell {
  if (!isRecord(value) || (value['file'] !== null && typeof value['file'] !== 'string')) return false;
  const { cell, pages } = value;
  return (
    Array.isArray(pages) &&
    pages.every(isPageParts) &&
    isRecord(cell) &&
    statuses.has(cell['status']) &&
    cellTexts.every((name) => typeof cell[name] === 'string') &&
    cellNumbers.every((name) => Number.isSafeInteger(cell[name])) &&
    cell['error'] === null &&
    cell['permission'] === null &&
    Object.keys(cell).length === plainFields
  );
}

/** Fields of a cell that says nothing unusual. */
const plainFields = cellTexts.length + cellNumbers.length + 3;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Keeps one of many equal texts. */
function createSharer(): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const one = known.get(text);
    if (one !== undefined) return one;
    known.set(text, text);
    return text;
  };
}

/** The sealed cells of a run; of a cell sealed twice the later line counts. */
export async function readLedger(directory: string): Promise<ReadLines<SealedCell>> {
  const form = { schema: sealedCellSchema, isSure: isPlainCell };
  const { values, damage } = await readNdjson(join(directory, coverageFile), form);
  const share = createSharer();
  const newest = new Map<string, SealedCell>();
  for (const sealed of values) {
    const { cell } = sealed;
    for (const name of cellTexts) cell[name] = share(cell[name]);
    newest.set(cellKey(cell), sealed);
  }
  return { values: newest.size === values.length ? values : [...newest.values()], damage };
}

/** The scopes a run saw. */
export async function readScopes(directory: string): Promise<ReadLines<ScopeFact>> {
  return readNdjson(join(directory, scopesFile), { schema: scopeFactSchema });
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
