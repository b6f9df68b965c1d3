import type { ResourceRow, ScopeNode } from '#shared/model/index.ts';
import {
  categoryOf,
  cloudOf,
  count,
  flag,
  flagOrNull,
  numberOrNull,
  tagsOf,
  text,
  textOrNull,
  type Row,
} from './cells.ts';
import type { ManagedBy } from './managed.ts';
import { matchReason, type SearchTerm } from './search-terms.ts';

/** What a table row needs of `r`, for a `RETURN`. */
export const resourceColumns = [
  'id',
  'cloud',
  'kind',
  'category',
  'name',
  'native_id',
  'scope_id',
  'region',
  'zone',
  'state',
  'created_at',
  'public',
  'cidr',
  'ip',
  'tags_json',
  'is_stub',
  'last_run',
  'first_run',
  'stale',
]
  .map((column) => `r.${column} AS ${column}`)
  .join(', ');

export interface RowContext {
  readonly scopes: readonly ScopeNode[];
  readonly managed: ReadonlyMap<string, ManagedBy>;
  readonly terms: readonly SearchTerm[];
}

/** Turns rows of `resourceColumns` into the table's rows. */
export function toResourceRows(rows: readonly Row[], { scopes, managed, terms }: RowContext): ResourceRow[] {
  const scopeNames = new Map(scopes.map((scope) => [scope.id, scope.name]));
  return rows.map((row) => {
    const scopeId = text(row, 'scope_id');
    const resource: ResourceRow = {
      id: text(row, 'id'),
      cloud: cloudOf(row, 'cloud'),
      kind: text(row, 'kind'),
      category: categoryOf(row, 'category'),
      name: text(row, 'name'),
      nativeId: text(row, 'native_id'),
      scopeId,
      scopeName: scopeNames.get(scopeId) ?? scopeId,
      region: text(row, 'region'),
      zone: textOrNull(row, 'zone'),
      state: textOrNull(row, 'state'),
      createdAt: numberOrNull(row, 'created_at'),
      public: flagOrNull(row, 'public'),
      cidr: textOrNull(row, 'cidr'),
      ip: textOrNull(row, 'ip'),
      tags: tagsOf(row, 'tags_json'),
      isStub: flag(row, 'is_stub'),
      lastRun: count(row, 'last_run'),
      firstRun: count(row, 'first_run'),
      stale: flag(row, 'stale'),
      managedBy: managed.get(text(row, 'id')) ?? null,
      matched: null,
    };
    return { ...resource, matched: matchReason(resource, terms) };
  });
}
