import { inOrder } from '#shared/base/in-order.ts';
import type { GraphRelationship } from '#engine/ports/index.ts';
import {
  pagesOf,
  readChainRelationships,
  readChainResources,
  readPart,
  toResource,
  type CellResource,
  type ChainFacts,
  type LineReading,
  type RecordLines,
} from './cell-reader.ts';
import type { CellChain, CellRecord } from './chains.ts';
import { parseHead, parseRelationship, type HeadLine, type LineKind } from './lines.ts';
import type { Part, PartReader } from './parts.ts';

// An export may hold a whole company in one cell, and all facts of that at once would take most of the memory of a
// build. Where one run alone speaks of a cell, as it then does, its pages can be told one after the other.

/** Cells of fewer lines are read at once, several ahead. */
const wholeLines = 10_000;
const pagesInFlight = 2;

/** The facts of a chain, all of them or page by page. */
export type ChainParts<Fact> = Iterable<ChainFacts<Fact>> | AsyncIterable<ChainFacts<Fact>>;

/** The one record of a chain when it has too many lines to be read at once. */
function largeRecord([only, older]: CellChain, kind: LineKind): CellRecord | null {
  if (only === undefined || older !== undefined) return null;
  const lines = pagesOf(only, kind).pages.reduce((sum, page) => sum + page.lines, 0);
  return lines > wholeLines ? only : null;
}

function readPages<Line>(
  path: string,
  pages: readonly Part[],
  reading: LineReading<Line>,
): AsyncGenerator<RecordLines<Line>> {
  return inOrder(pages, pagesInFlight, (page) => readPart(path, page, reading));
}

/** Last page first: of a resource listed twice the later line is the newer one, so that the first that comes counts. */
async function* tellResources(record: CellRecord, parts: PartReader): AsyncGenerator<ChainFacts<CellResource>> {
  const told = new Set<string>();
  /** What a line tells only in part waits for one that tells it in full. */
  const sparse = new Map<string, HeadLine>();
  const { path, pages } = pagesOf(record, 'heads');
  for await (const page of readPages(path, pages.toReversed(), { kind: 'heads', parse: parseHead, parts })) {
    const facts: CellResource[] = [];
    for (const line of page.lines.toReversed()) {
      if (told.has(line.id)) continue;
      if (line.sparse === true) {
        if (!sparse.has(line.id)) sparse.set(line.id, line);
        continue;
      }
      told.add(line.id);
      sparse.delete(line.id);
      facts.push(toResource(line, record, false));
    }
    yield { facts, damage: page.damage };
  }
  yield { facts: [...sparse.values()].map((line) => toResource(line, record, false)), damage: [] };
}

async function* tellRelationships(
  record: CellRecord,
  parts: PartReader,
): AsyncGenerator<ChainFacts<GraphRelationship>> {
  const { path, pages } = pagesOf(record, 'relationships');
  const reading = { kind: 'relationships', parse: parseRelationship, parts } as const;
  for await (const { lines, damage } of readPages(path, pages, reading)) {
    yield { facts: lines.map((fact) => ({ fact, run: record.run })), damage };
  }
}

/** The resources of a chain: see `readChainResources`. Of a large cell they come in another order than they stand. */
export async function tellChainResources(chain: CellChain, parts: PartReader): Promise<ChainParts<CellResource>> {
  const large = largeRecord(chain, 'heads');
  return large === null ? [await readChainResources(chain, parts)] : tellResources(large, parts);
}

/** The relationships of a chain: see `readChainRelationships`. */
export async function tellChainRelationships(
  chain: CellChain,
  parts: PartReader,
): Promise<ChainParts<GraphRelationship>> {
  const large = largeRecord(chain, 'relationships');
  return large === null ? [await readChainRelationships(chain, parts)] : tellRelationships(large, parts);
}
