import type { FactReader } from '#engine/ports/index.ts';
import type { BlindSpots, CoverageCell } from '#shared/model/index.ts';

/** Spots told at most. */
const spotsTold = 50;

/** True for a cell that may hide something: not looked at, not to its end, or without saying what else there is. */
function isBlind({ status }: CoverageCell): boolean {
  return status !== 'complete' && status !== 'disabled';
}

/** Where the map could not look, of the places and kinds that matter for an answer. */
export async function readBlindSpots(
  facts: Pick<FactReader, 'coverage'>,
  matters: (cell: CoverageCell) => boolean,
): Promise<BlindSpots> {
  const blind = (await facts.coverage(null)).filter((cell) => isBlind(cell) && matters(cell));
  const spots = blind
    .slice(0, spotsTold)
    .map(({ scope, region, kind, status, permission }) => ({ scope, region, kind, status, permission }));
  return { spots, total: blind.length };
}

/** Matches cells of some accounts and regions; what is global counts for every region of its account. */
export function inPlaces(
  places: Iterable<{ readonly scopeId: string; readonly region: string }>,
): (cell: CoverageCell) => boolean {
  const scopes = new Set<string>();
  const known = new Set<string>();
  for (const { scopeId, region } of places) {
    scopes.add(scopeId);
    known.add(`${scopeId}\n${region}`);
  }
  const isWide = (region: string): boolean => region === 'global' || region === '*';
  return ({ scope, region }) => known.has(`${scope}\n${region}`) || (isWide(region) && scopes.has(scope));
}
