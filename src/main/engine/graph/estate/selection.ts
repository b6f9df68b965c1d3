import { nodeFlags, type CodedColumn, type GraphShape } from '#engine/ports/index.ts';
import { stateKind, type EstateFilter } from '#shared/model/index.ts';
import { foldedAt, textAt } from '../shape/index.ts';
import type { GraphAccess } from './graph-access.ts';
import { readManaged, type ManagedResources } from './managed.ts';
import { readScopes, withDescendants } from './scopes.ts';
import { marked, markTagged, textMatches } from './text-matches.ts';
import { positionOf } from './topology.ts';

/** A facet counts what its own choice would offer, so its own restriction is left out. */
export type FilterPart = 'kinds' | 'regions' | 'scopes' | 'tags';

/** Takes away what has none of some values in a column. Without values nothing is taken. */
function restrict(selected: Uint8Array, column: CodedColumn, values: readonly string[]): void {
  if (values.length === 0) return;
  const wanted = new Set(values);
  const allowed = marked(column, (value) => wanted.has(value));
  keep(selected, (position) => allowed[column.codes[position] ?? 0] === 1);
}

function keep(selected: Uint8Array, passes: (position: number) => boolean): void {
  for (let position = 0; position < selected.length; position += 1) {
    if (selected[position] === 1 && !passes(position)) selected[position] = 0;
  }
}

function keepMarked(selected: Uint8Array, marks: Uint8Array): void {
  for (let position = 0; position < selected.length; position += 1) {
    if (marks[position] !== 1) selected[position] = 0;
  }
}

/** A tag by its exact key, and value unless that is null. */
async function keepTagged(selected: Uint8Array, shape: GraphShape, tag: EstateFilter['tags'][number]): Promise<void> {
  const { keys, values } = shape.tags;
  const ofKey = marked(keys, (key) => key === tag.key);
  const folded = tag.value?.toLowerCase();
  const pairs = keys.codes.map((key, pair) => {
    if (ofKey[key] !== 1) return 0;
    return tag.value === null || (foldedAt(values, pair) === folded && textAt(values, pair) === tag.value) ? 1 : 0;
  });
  const marks = new Uint8Array(selected.length);
  await markTagged(shape, Uint8Array.from(pairs), (position) => (marks[position] = 1));
  keepMarked(selected, marks);
}

/** What some states manage, by their ids or names. */
function managedBy(resources: number, { ofState }: ManagedResources, states: readonly string[]): Uint8Array {
  const marks = new Uint8Array(resources);
  for (const claims of ofState.values()) {
    for (const { position, claim } of claims) {
      if (states.includes(claim.state) || states.includes(claim.name)) marks[position] = 1;
    }
  }
  return marks;
}

/** Which resources a filter selects: 1 at their positions. Scopes stand for everything below them. */
export async function selectNodes(
  graph: GraphAccess,
  filter: EstateFilter,
  without: FilterPart | null = null,
): Promise<Uint8Array> {
  const [shape, scopes, managed, matching] = await Promise.all([
    graph.shape(),
    readScopes(graph),
    readManaged(graph),
    textMatches(graph, filter.text),
  ]);
  const selected = matching === null ? new Uint8Array(shape.resources).fill(1) : matching.slice();
  if (filter.ids.length > 0) {
    const picked = new Uint8Array(shape.resources);
    for (const id of new Set(filter.ids)) {
      const position = await positionOf(graph, id);
      if (position !== undefined) picked[position] = 1;
    }
    keepMarked(selected, picked);
  }
  if (filter.states.length > 0) keepMarked(selected, managedBy(shape.resources, managed, filter.states));
  if (filter.managed === 'gone') keep(selected, (position) => managed.gone.has(position));
  else if (!filter.includeStubs && filter.states.length === 0)
    keep(selected, (position) => ((shape.flags[position] ?? 0) & nodeFlags.stub) === 0);
  if (filter.seen !== 'any') {
    const wanted = filter.seen === 'stale' ? nodeFlags.stale : 0;
    keep(selected, (position) => ((shape.flags[position] ?? 0) & nodeFlags.stale) === wanted);
  }
  restrict(selected, shape.clouds, filter.clouds);
  restrict(selected, shape.categories, filter.categories);
  if (without !== 'scopes') restrict(selected, shape.scopes, withDescendants(filter.scopes, scopes));
  if (without !== 'regions') restrict(selected, shape.regions, filter.regions);
  if (without !== 'kinds') restrict(selected, shape.kinds, filter.kinds);
  if (without !== 'tags') for (const tag of filter.tags) await keepTagged(selected, shape, tag);
  if (filter.managed === 'managed') keep(selected, (position) => managed.isManaged(position));
  if (filter.managed === 'unmanaged') {
    // A state manages and is nothing that could be managed.
    const isState = marked(shape.kinds, (kind) => kind === stateKind);
    keep(selected, (position) => !managed.isManaged(position) && isState[shape.kinds.codes[position] ?? 0] !== 1);
  }
  if (filter.onlyStale) keep(selected, (position) => ((shape.flags[position] ?? 0) & nodeFlags.stale) !== 0);
  const { changedSinceRun } = filter;
  if (changedSinceRun !== null) keep(selected, (position) => (shape.changedRun[position] ?? 0) > changedSinceRun);
  return selected;
}
