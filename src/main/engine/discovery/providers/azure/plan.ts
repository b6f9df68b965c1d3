import { allRegions, type ScopeFact } from '#shared/model/index.ts';
import { azureScopeId } from '../../canonical-id.ts';
import type { CellTask } from '../../cell-task.ts';
import type { PlanOptions } from '../../cloud-provider.ts';
import { failedTask, nothingListed } from '../../failed-task.ts';
import { containerTypes, tenantScope } from './arm-id.ts';
import type { AzureTable } from './azure-type.ts';
import { classifyAzureError } from './errors.ts';
import { type FoundSubscription, mostSubscriptions, notListed, type ScopeGap } from './find-scopes.ts';
import { aboveTasks } from './above-subscriptions.ts';
import { listSubscriptions } from './list-subscriptions.ts';
import { type AzurePlan, placesOf, tableNames, taskBasis } from './plan-parts.ts';
import { askPermission, type AzureStep, isRegional, queryOf, quoted, stepsFor, togetherAs } from './steps.ts';

const tables: readonly AzureTable[] = ['resourcecontainers', 'resources', 'authorizationresources'];

/** Lays out the tasks: one for each table over up to a thousand subscriptions, and what stands above them. */
export function planTasks(plan: AzurePlan, options: PlanOptions): readonly CellTask[] {
  const steps = stepsFor(options.kinds);
  const refusals = { count: 0 };
  const gaps = [...plan.found.gaps, ...lostSubscriptions(plan, options.earlier)];
  const told = gaps.flatMap((gap) => tasksOfGap(plan, gap, steps));
  const listings = tables.flatMap((table) => {
    const own = steps.filter((step) => step.table === table);
    const inside = own.filter(isInsideSubscriptions);
    return [
      ...(inside.length === 0 ? [] : batches(subscriptionsLeft(plan, inside, options))).map((batch) =>
        listingTask({ plan, table, steps: inside, batch, refusals }),
      ),
      ...aboveTasks(plan, { table, steps: own, earlier: options.earlier }),
    ];
  });
  return [...told, ...listings];
}

function isInsideSubscriptions({ type }: AzureStep): boolean {
  return type !== containerTypes.managementGroup;
}

/** The subscriptions in which a table's cells are not all complete already: of a run that is taken up again. */
function subscriptionsLeft(
  plan: AzurePlan,
  steps: readonly AzureStep[],
  { isDone }: PlanOptions,
): readonly FoundSubscription[] {
  const { subscriptions } = plan.found;
  if (isDone === undefined) return subscriptions;
  const kinds = steps.flatMap(({ declaration }) => declaration.kinds);
  const regions = cellRegions(plan, steps);
  return subscriptions.filter(({ id }) => {
    const scope = azureScopeId('subscription', id);
    return regions.some((region) => kinds.some((kind) => !isDone({ scope, region, kind })));
  });
}

function batches(subscriptions: readonly FoundSubscription[]): readonly (readonly FoundSubscription[])[] {
  const parts: (readonly FoundSubscription[])[] = [];
  for (let start = 0; start < subscriptions.length; start += mostSubscriptions) {
    parts.push(subscriptions.slice(start, start + mostSubscriptions));
  }
  return parts;
}

/** The regions of the cells of a table's steps. What is in no region is listed with the named ones. */
function cellRegions({ regions }: AzurePlan, steps: readonly AzureStep[]): readonly string[] {
  if (regions.length === 0 || !steps.every(isRegional)) return [allRegions];
  return [...regions, 'global'];
}

interface ListingParts {
  readonly plan: AzurePlan;
  readonly table: AzureTable;
  readonly steps: readonly AzureStep[];
  readonly batch: readonly FoundSubscription[];
  readonly refusals: { count: number };
}

function listingTask({ plan, table, steps, batch, refusals }: ListingParts): CellTask {
  const declaration = togetherAs(`azure.${table}`, steps);
  const regions = cellRegions(plan, steps);
  const conditions = [
    // What is above subscriptions is shown with each of them; it is listed once, by itself.
    ...(table === 'resources' ? [] : ["id startswith '/subscriptions/'"]),
    ...(regions.includes(allRegions) ? [] : [regionCondition(plan.regions)]),
  ];
  const what = `${tableNames[table]} of ${batch.length === 1 ? batch[0]?.name : `${batch.length} subscriptions`}`;
  return {
    ...taskBasis(plan, what),
    places: placesOf(
      batch.map((found) => ({ scope: azureScopeId('subscription', found.id), name: found.name })),
      regions,
    ),
    service: table,
    declaration,
    list: (signal) =>
      listSubscriptions({
        session: plan.session,
        query: queryOf(table, steps, conditions),
        subscriptions: batch,
        regions,
        kinds: new Set(declaration.kinds),
        refusals,
        refused: (name, error) => classifyAzureError(error, plan.placeOf(`Subscription ${name}`, askPermission)),
        signal,
      }),
  };
}

function regionCondition(regions: readonly string[]): string {
  return `location in~ (${[...regions, 'global', ''].map(quoted).join(', ')}) or isempty(location)`;
}

/** Subscriptions that earlier runs saw where this one looks, and that are not listed any more. */
export function lostSubscriptions(
  { found, everything }: Pick<AzurePlan, 'found' | 'everything'>,
  earlier: readonly ScopeFact[],
): readonly ScopeGap[] {
  const parents = new Map(earlier.map(({ id, parentId }) => [id, parentId]));
  const asked = new Set(found.scopes.filter(({ kind }) => kind === 'management-group').map(({ id }) => id));
  const tenant = tenantScope(found.tenant);
  const seen = new Set(found.subscriptions.map(({ id }) => azureScopeId('subscription', id)));
  const told = new Set(found.gaps.map(({ nativeId }) => azureScopeId('subscription', nativeId)));

  function isBelow(scope: string): boolean {
    const line = new Set<string>();
    for (let at: string | null = scope; at !== null && !line.has(at); at = parents.get(at) ?? null) line.add(at);
    return everything ? line.has(tenant) : [...line].some((id) => asked.has(id));
  }

  return earlier
    .filter(({ id, kind }) => kind === 'subscription' && !seen.has(id) && !told.has(id) && isBelow(id))
    .map(({ nativeId, name }) => ({ kind: 'subscription', nativeId, name, failure: notListed(name) }));
}

/** A scope that cannot be looked at: a cell for every kind, because what was known of it ages. */
function tasksOfGap(plan: AzurePlan, gap: ScopeGap, steps: readonly AzureStep[]): readonly CellTask[] {
  const scope = gap.kind === 'tenant' ? tenantScope(gap.nativeId) : azureScopeId(gap.kind, gap.nativeId);
  if (gap.kind !== 'subscription') {
    const place = { cloud: 'azure' as const, scope, scopeName: gap.name, region: allRegions };
    return [failedTask(place, 'azure.resources.subscriptions', gap.failure)];
  }
  return [true, false].flatMap((regional) => {
    const own = steps.filter((step) => isRegional(step) === regional && isInsideSubscriptions(step));
    if (own.length === 0) return [];
    const task: CellTask = {
      ...taskBasis(plan, gap.name),
      places: placesOf([{ scope, name: gap.name }], cellRegions(plan, own)),
      service: 'scope',
      declaration: togetherAs('azure.subscription', own),
      failure: gap.failure,
      list: () => nothingListed,
    };
    return [task];
  });
}
