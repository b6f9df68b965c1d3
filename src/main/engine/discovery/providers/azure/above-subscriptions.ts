import { allRegions, type ScopeFact } from '#shared/model/index.ts';
import { azureScopeId } from '../../canonical-id.ts';
import type { CellTask } from '../../cell-task.ts';
import type { CellFailure, StepPage } from '../../step.ts';
import { unknownForms } from '../../unknown-forms.ts';
import { tenantScope } from './arm-id.ts';
import { InvalidAnswerError } from './azure-error.ts';
import type { AzureTable } from './azure-type.ts';
import { convertAzureRow } from './convert-row.ts';
import { pagesOf } from './listing.ts';
import { type AzurePlan, placesOf, tableNames, taskBasis } from './plan-parts.ts';
import { type AzureStep, queryOf, togetherAs } from './steps.ts';

interface AboveParts {
  readonly table: AzureTable;
  /** The table's steps. */
  readonly steps: readonly AzureStep[];
  readonly earlier: readonly ScopeFact[];
}

interface AboveScope {
  readonly scope: string;
  readonly name: string;
}

/**
 * Management groups, and the roles and grants above the subscriptions. What is granted at a management group has a cell
 * of that group's, so that a run over the group and one over the tenant have the last word on each other's.
 */
export function aboveTasks(plan: AzurePlan, { table, steps, earlier }: AboveParts): readonly CellTask[] {
  const above = steps.filter(({ type }) => type !== null && !type.startsWith('microsoft.resources/'));
  const { everything, found } = plan;
  const tenant = { scope: tenantScope(found.tenant), name: 'Azure tenant' };
  const groups = table === 'authorizationresources' ? groupsLookedAt(plan, earlier) : [];
  const scopes = [...(everything ? [tenant] : []), ...groups];
  if (table === 'resources' || above.length === 0 || scopes.length === 0) return [];
  const where = everything ? 'of the tenant' : `of management group ${found.groups.join(', ')}`;
  const what = `${table === 'resourcecontainers' ? 'Management groups' : tableNames[table]} ${where}`;
  const query = queryOf(table, above, ["id !startswith '/subscriptions/'"]);
  const question = { query, ...(everything ? {} : { managementGroups: found.groups }) };
  const declaration = togetherAs(`azure.${table}.above`, above);
  const known = new Set(scopes.map(({ scope }) => scope));
  return [
    {
      ...taskBasis(plan, what),
      places: placesOf(scopes, [allRegions]),
      service: table,
      declaration,
      async *list(signal): AsyncGenerator<StepPage> {
        for await (const page of pagesOf(plan.session, question, signal)) {
          const rows = page.rows.map(convertAzureRow);
          const odd = rows.find(({ problem }) => problem !== null);
          for (const { cell, resources, relationships, scopes: told, unread } of rows) {
            const own = resources[0]?.scopeId ?? tenant.scope;
            const scope = known.has(own) ? own : tenant.scope;
            // What is granted above the groups that were asked for is no part of them.
            if (cell === null || !known.has(scope)) continue;
            const gap = unknownForms(`${cell.kind} ${where}`, unread);
            const place = { scope, region: allRegions };
            yield { kind: cell.kind, place, resources, relationships, scopes: told, ...(gap === null ? {} : { gap }) };
          }
          if (odd !== undefined) throw new InvalidAnswerError(odd.problem ?? '');
          if (page.truncated) yield* cutPages(scopes, declaration.kinds, what);
        }
      },
    },
  ];
}

/** Whatever was cut off may be of any of the cells. */
function* cutPages(scopes: readonly AboveScope[], kinds: readonly string[], what: string): Generator<StepPage> {
  const message = `${what}: Azure cut the listing off before its end.`;
  const gap: CellFailure = { status: 'truncated', message, permission: null, unreachable: false };
  for (const { scope } of scopes) {
    for (const kind of kinds)
      yield { kind, place: { scope, region: allRegions }, resources: [], relationships: [], gap };
  }
}

/**
 * The management groups that a run looks at: those that were asked for and everything below them, or all; of those that
 * are not there any more nothing is granted either.
 */
function groupsLookedAt({ everything, found }: AzurePlan, earlier: readonly ScopeFact[]): readonly AboveScope[] {
  const known = new Map([...earlier, ...found.scopes].map((scope) => [scope.id, scope]));
  const tops = new Set(
    everything ? [tenantScope(found.tenant)] : found.groups.map((name) => azureScopeId('management-group', name)),
  );

  function isBelow(id: string): boolean {
    const line = new Set<string>();
    for (let at: string | null = id; at !== null && !line.has(at); at = known.get(at)?.parentId ?? null) line.add(at);
    return [...line].some((each) => tops.has(each));
  }

  return [...known.values()]
    .filter(({ id, cloud, kind }) => cloud === 'azure' && kind === 'management-group' && isBelow(id))
    .map(({ id, name }) => ({ scope: id, name }));
}
