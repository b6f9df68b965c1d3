import type { CoverageService, FactStore } from '#engine/ports/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Advice, CoverageCell } from '#shared/model/index.ts';
import { adviseActs, createCellAdviser, type Adviser } from './coverage-advice.ts';
import { createCoverageLedger, type CoverageLedger } from './coverage-ledger.ts';
import { createRecent, type Recent } from './recent.ts';

export interface CoverageServiceDeps {
  readonly facts: Pick<FactStore, 'asOf' | 'coverage' | 'knownScopes'>;
  readonly advisers: readonly Adviser[];
}

interface Asked {
  readonly run: number | null;
  readonly asOf: number | null;
}

interface Opened {
  readonly ledger: CoverageLedger;
  /** Acts by the filter they were asked under. */
  readonly acts: Recent<readonly Advice[]>;
}

/** Cells of one page of the stream. */
const pageSize = 1000;

/** What was looked at, counted and in pages. A ledger is ordered once, for as long as the facts stay as they are. */
export function createCoverageService({ facts, advisers }: CoverageServiceDeps): CoverageService {
  const opened = new WeakMap<readonly CoverageCell[], Opened>();

  async function open({ run, asOf }: Asked): Promise<Opened> {
    if (run !== null && asOf !== null) {
      throw new AppError('bad-input', 'Coverage is that of one run or as it stood after one, not both.', {
        advice: 'Give run or asOf.',
      });
    }
    const reader = asOf === null ? facts : facts.asOf(asOf);
    const [cells, scopes] = await Promise.all([reader.coverage(run), reader.knownScopes()]);
    const known = opened.get(cells) ?? { ledger: createCoverageLedger(cells, scopes), acts: createRecent(4) };
    opened.set(cells, known);
    return known;
  }

  /** Says of cells what would open them. What was closed in the past is not to be granted now. */
  function adviserFor({ asOf }: Asked, { ledger }: Opened) {
    return asOf === null ? createCellAdviser({ advisers, scopes: ledger.scopes }) : (cell: CoverageCell) => cell;
  }

  return {
    async summary({ filter, ...asked }) {
      return (await open(asked)).ledger.summary(filter);
    },
    async groups({ filter, by, text, offset, limit, ...asked }) {
      return pageOf(await (await open(asked)).ledger.groups(filter, { by, text }), { offset, limit });
    },
    async places({ filter, sort, offset, limit, ...asked }) {
      const known = await open(asked);
      const advised = adviserFor(asked, known);
      const { total, rows } = pageOf(await known.ledger.places(filter, sort), { offset, limit });
      return { total, rows: rows.map((place) => ({ ...place, cells: place.cells.map(advised) })) };
    },
    async cells({ filter, sort, offset, limit, ...asked }) {
      const known = await open(asked);
      const { total, rows } = pageOf(await known.ledger.cells(filter, sort), { offset, limit });
      return { total, rows: rows.map(adviserFor(asked, known)) };
    },
    async *all({ filter, ...asked }, { signal }) {
      const known = await open(asked);
      const advised = adviserFor(asked, known);
      const cells = await known.ledger.cells(filter);
      for (let offset = 0; offset < cells.length; offset += pageSize) {
        signal.throwIfAborted();
        yield cells.slice(offset, offset + pageSize).map(advised);
      }
    },
    async advice({ filter, offset, limit, ...asked }) {
      if (asked.asOf !== null) return { total: 0, rows: [] };
      const { ledger, acts } = await open(asked);
      const all = await acts.get(JSON.stringify(filter), async () =>
        adviseActs(await ledger.cells(filter), { advisers, scopes: ledger.scopes }),
      );
      return pageOf(all, { offset, limit });
    },
  };
}

function pageOf<Row>(all: readonly Row[], { offset, limit }: { readonly offset: number; readonly limit: number }) {
  return { total: all.length, rows: all.slice(offset, offset + limit) };
}
