import type { CellKey, FactStore } from '#engine/ports/index.ts';

/**
 * Which cells earlier runs saw something in, or could not read to the end. What an import added to a cell counts as
 * well: the newest listing of it does not show that.
 */
export async function cellsThatMayHold(
  facts: Pick<FactStore, 'coverage' | 'runs'>,
): Promise<(cell: CellKey) => boolean> {
  const imports = (await facts.runs()).filter(({ source }) => source === 'import');
  const ledgers = await Promise.all([null, ...imports.map(({ id }) => id)].map((run) => facts.coverage(run)));
  const holding = new Set(
    ledgers.flat().flatMap((cell) => (cell.status === 'complete' && cell.rows === 0 ? [] : [nameOf(cell)])),
  );
  return (cell) => holding.has(nameOf(cell));
}

function nameOf({ scope, region, kind }: CellKey): string {
  return `${scope}\n${region}\n${kind}`;
}
