import { allRegions, type StateClaim } from '#shared/model/index.ts';
import { isStateId, stateClaimPropertiesSchema } from '../schema/state-claims.ts';
import { jsonObject, text, type Row } from './cells.ts';
import type { GraphAccess } from './graph-access.ts';
import { flagsAt } from './node-columns.ts';
import { positionOf } from './topology.ts';

export interface ManagedBy {
  readonly environment: string;
  readonly blueprint: string;
  readonly version: string;
  readonly address: string;
}

/** Which environment or state manages a resource, by the resource's position. */
export interface ManagedResources {
  readonly byPosition: ReadonlyMap<number, ManagedBy>;
  readonly states: ReadonlyMap<number, readonly StateClaim[]>;
  /** What states manage and the newest complete listing of its place does not have. */
  readonly gone: ReadonlySet<number>;
  /** How many addresses of environments and states that are; one resource may stand at several. */
  readonly relationships: number;
  isManaged(position: number): boolean;
  /** The environment, or else the first of the states; null when nobody does. */
  managerOf(position: number): string | null;
}

export async function readManaged(graph: GraphAccess): Promise<ManagedResources> {
  return graph.once('managed', async () => {
    const environments = await readEnvironments(graph);
    const { states, gone, claims } = await readStates(graph);
    const { byPosition } = environments;
    return {
      byPosition,
      states,
      gone,
      relationships: environments.addresses + claims,
      isManaged: (position) => byPosition.has(position) || states.has(position),
      managerOf: (position) => byPosition.get(position)?.environment ?? states.get(position)?.[0]?.name ?? null,
    };
  });
}

async function readEnvironments(
  graph: GraphAccess,
): Promise<{ readonly byPosition: ReadonlyMap<number, ManagedBy>; readonly addresses: number }> {
  const rows = await graph.rows(
    `MATCH (r:Resource)-[e:MANAGED_BY]->(v:Environment)
     RETURN r.id AS id, v.name AS environment, v.blueprint AS blueprint, v.version AS version, e.props_json AS properties`,
  );
  const byPosition = new Map<number, ManagedBy>();
  for (const row of rows) {
    const position = await positionOf(graph, text(row, 'id'));
    if (position === undefined) continue;
    const { address, version } = jsonObject(row, 'properties');
    byPosition.set(position, {
      environment: text(row, 'environment'),
      blueprint: text(row, 'blueprint'),
      // The version that deployed the resource; the environment's own when that is not known.
      version: typeof version === 'string' && version !== '' ? version : text(row, 'version'),
      address: typeof address === 'string' ? address : '',
    });
  }
  return { byPosition, addresses: rows.length };
}

interface StateClaims {
  readonly states: ReadonlyMap<number, readonly StateClaim[]>;
  readonly gone: ReadonlySet<number>;
  readonly claims: number;
}

async function readStates(graph: GraphAccess): Promise<StateClaims> {
  // Which of the ends are states is told here: conditions on both ends of a join have crashed the database.
  const rows = await graph.rows(
    'MATCH (r:Resource)-[e:MANAGED_BY]->(s:Resource) RETURN r.id AS id, s.id AS state, e.props_json AS properties',
  );
  const states = new Map<number, StateClaim[]>();
  const missing: { readonly position: number; readonly cell: string; readonly everywhere: string }[] = [];
  const shape = await graph.shape();
  let claims = 0;
  for (const row of rows) {
    const found = claimOf(row);
    const position = found === null ? undefined : await positionOf(graph, text(row, 'id'));
    if (found === null || position === undefined) continue;
    claims += 1;
    states.set(position, [...(states.get(position) ?? []), found.claim]);
    const { cell } = found;
    if (cell === null || !flagsAt(shape, position).isStub) continue;
    missing.push({ position, cell: placeKey(cell), everywhere: placeKey({ ...cell, region: allRegions }) });
  }
  const listed = missing.length === 0 ? new Set<string>() : await completeCells(graph);
  const gone = missing.filter(({ cell, everywhere }) => listed.has(cell) || listed.has(everywhere));
  return { states, gone: new Set(gone.map(({ position }) => position)), claims };
}

function claimOf(row: Row): { claim: StateClaim; cell: Parameters<typeof placeKey>[0] | null } | null {
  const state = text(row, 'state');
  const properties = isStateId(state) ? stateClaimPropertiesSchema.safeParse(jsonObject(row, 'properties')) : null;
  if (properties?.success !== true) return null;
  const { cell, ...claim } = properties.data;
  return { claim: { state, ...claim }, cell };
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
