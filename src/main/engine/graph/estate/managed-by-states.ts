import { allRegions, type StateClaim } from '#shared/model/index.ts';
import { hasLineage, isStateId, stateClaimPropertiesSchema } from '../schema/state-claims.ts';
import { jsonObject, text, type Row } from './cells.ts';
import type { GraphAccess } from './graph-access.ts';
import { flagsAt } from './node-columns.ts';
import { positionOf } from './topology.ts';

/** That a state manages the resource at a position. */
export interface PlacedClaim {
  readonly position: number;
  readonly claim: StateClaim;
}

/** What states say is managed. */
export interface StateClaims {
  readonly byPosition: ReadonlyMap<number, readonly StateClaim[]>;
  /** What each state manages, by the state's id; a state that was replaced manages nothing. */
  readonly ofState: ReadonlyMap<string, readonly PlacedClaim[]>;
  /** By a state's id, the newer print of the same state that has the word now. */
  readonly replaced: ReadonlyMap<string, string>;
  /** What states manage and the newest complete listing of its place does not have. */
  readonly gone: ReadonlySet<number>;
  readonly count: number;
}

type Cell = Parameters<typeof placeKey>[0];

export async function readStateClaims(graph: GraphAccess): Promise<StateClaims> {
  // Which of the ends are states is told here: conditions on both ends of a join have crashed the database.
  const rows = await graph.rows(
    'MATCH (r:Resource)-[e:MANAGED_BY]->(s:Resource) RETURN r.id AS id, s.id AS state, e.props_json AS properties',
  );
  const all: (PlacedClaim & { readonly cell: Cell | null })[] = [];
  for (const row of rows) {
    const found = claimOf(row);
    const position = found === null ? undefined : await positionOf(graph, text(row, 'id'));
    if (found !== null && position !== undefined) all.push({ position, ...found });
  }
  const replaced = findReplaced(all, await runsOfStates(graph, all));
  const current = all.filter(({ claim }) => !replaced.has(claim.state));
  return {
    byPosition: grouped(
      current,
      ({ position }) => position,
      ({ claim }) => claim,
    ),
    ofState: grouped(
      current,
      ({ claim }) => claim.state,
      ({ position, claim }) => ({ position, claim }),
    ),
    replaced,
    gone: await findGone(graph, current),
    count: current.length,
  };
}

function claimOf(row: Row): { claim: StateClaim; cell: Cell | null } | null {
  const state = text(row, 'state');
  const properties = isStateId(state) ? stateClaimPropertiesSchema.safeParse(jsonObject(row, 'properties')) : null;
  if (properties?.success !== true) return null;
  const { cell, ...claim } = properties.data;
  return { claim: { state, ...claim }, cell };
}

function grouped<Item, Key, Value>(
  items: readonly Item[],
  keyOf: (item: Item) => Key,
  valueOf: (item: Item) => Value,
): ReadonlyMap<Key, readonly Value[]> {
  const groups = new Map<Key, Value[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [valueOf(item)]);
    else group.push(valueOf(item));
  }
  return groups;
}

/** The run that last told of each state. */
async function runsOfStates(graph: GraphAccess, claims: readonly PlacedClaim[]): Promise<ReadonlyMap<string, number>> {
  const shape = await graph.shape();
  const runs = new Map<string, number>();
  for (const { claim } of claims) {
    if (runs.has(claim.state)) continue;
    const position = await positionOf(graph, claim.state);
    runs.set(claim.state, position === undefined ? 0 : (shape.lastRun[position] ?? 0));
  }
  return runs;
}

/**
 * Prints of one state: what `show -json` prints has no lineage, so that it is another node than the state's own file.
 * Two of which one has no lineage are the same when most of what the smaller one manages stands in the other at the
 * same addresses. The newer one has the word, as when the same file is imported again; of one run, that with a lineage.
 */
function findReplaced(claims: readonly PlacedClaim[], runOf: ReadonlyMap<string, number>): ReadonlyMap<string, string> {
  const sizes = new Map<string, number>();
  const common = new Map<string, number>();
  for (const { claim } of claims) sizes.set(claim.state, (sizes.get(claim.state) ?? 0) + 1);
  const places = grouped(
    claims,
    ({ position, claim }) => `${position} ${claim.address}`,
    ({ claim }) => claim,
  );
  for (const same of places.values()) {
    for (const one of same) {
      for (const other of same) {
        if (other.state <= one.state || !mayBeOne(one, other)) continue;
        const pair = `${one.state}\n${other.state}`;
        common.set(pair, (common.get(pair) ?? 0) + 1);
      }
    }
  }
  const isNewer = (one: string, other: string): boolean => {
    const runs = (runOf.get(one) ?? 0) - (runOf.get(other) ?? 0);
    return runs === 0 ? hasLineage(one) : runs > 0;
  };
  const replaced = new Map<string, string>();
  for (const [pair, count] of common) {
    const [left = '', right = ''] = pair.split('\n');
    if (count * 2 <= Math.min(sizes.get(left) ?? 0, sizes.get(right) ?? 0)) continue;
    const [newer, older] = isNewer(left, right) ? [left, right] : [right, left];
    const known = replaced.get(older);
    if (known === undefined || isNewer(newer, known)) replaced.set(older, newer);
  }
  return replaced;
}

function mayBeOne(one: StateClaim, other: StateClaim): boolean {
  const isUnnamed = !hasLineage(one.state) || !hasLineage(other.state);
  return isUnnamed && (one.workspace === other.workspace || one.workspace === null || other.workspace === null);
}

async function findGone(
  graph: GraphAccess,
  claims: readonly { readonly position: number; readonly cell: Cell | null }[],
): Promise<ReadonlySet<number>> {
  const shape = await graph.shape();
  const missing = claims.filter(({ position }) => flagsAt(shape, position).isStub);
  const listed = missing.length === 0 ? new Set<string>() : await completeCells(graph);
  const isListed = (cell: Cell): boolean =>
    listed.has(placeKey(cell)) || listed.has(placeKey({ ...cell, region: allRegions }));
  return new Set(missing.flatMap(({ position, cell }) => (cell !== null && isListed(cell) ? [position] : [])));
}

function placeKey({ scope, region, kind }: { scope: string; region: string; kind: string }): string {
  return `${scope}\n${region}\n${kind}`;
}

/** The places whose newest listing was complete. */
async function completeCells(graph: GraphAccess): Promise<ReadonlySet<string>> {
  const rows = await graph.rows(
    `MATCH (c:Coverage) WHERE c.status = 'complete' RETURN c.scope AS scope, c.region AS region, c.kind AS kind`,
  );
  return new Set(
    rows.map((row) => placeKey({ scope: text(row, 'scope'), region: text(row, 'region'), kind: text(row, 'kind') })),
  );
}
