import type { QueryResult, RunDifference } from '#shared/model/index.ts';

const columns = ['change', 'kind', 'name', 'id', 'scope', 'region', 'attribute', 'before', 'after'];

/** Differences as rows of a table: one for each attribute that changed, one alone for what came or went. */
export function rowsOfDifferences(differences: readonly RunDifference[]): Pick<QueryResult, 'columns' | 'rows'> {
  const rows = differences.flatMap(({ change, kind, name, id, scopeId, region, changes }): QueryResult['rows'] => {
    const resource = { change, kind, name, id, scope: scopeId, region };
    if (changes.length === 0) return [{ ...resource, attribute: null, before: null, after: null }];
    return changes.map(({ path, before, after }) => ({ ...resource, attribute: path, before, after }));
  });
  return { columns, rows };
}
