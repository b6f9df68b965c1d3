import { allRegions, type ScopeFact, type StepDeclaration } from '#shared/model/index.ts';
import type { CellPlace, CellTask } from '../../cell-task.ts';
import type { PlanOptions } from '../../cloud-provider.ts';
import { nothingListed } from '../../failed-task.ts';
import type { CellFailure } from '../../step.ts';
import { type CallPlace, classifyGcpError } from './calls/errors.ts';
import type { InventoryCaller } from './calls/inventory-caller.ts';
import type { ContentType } from './calls/inventory-client.ts';
import { type AskedScope, type Census, lineAbove } from './census.ts';
import type { GcpStep } from './gcp-step.ts';
import { listScope } from './listing.ts';
import { stepsFor } from './steps.ts';

export interface GcpPlan {
  readonly caller: InventoryCaller;
  readonly census: Census;
  /** Empty for every region. */
  readonly regions: readonly string[];
  readonly at: number | null;
  /** Who asks: calls of one asker draw on one limit. */
  readonly asker: string;
  readonly placeOf: (scope: string, permission: string) => CallPlace;
}

/**
 * Lays out the tasks: for each scope that was asked for one listing of bodies and one of policies, which answer for
 * every project beneath it and every kind. One call brings a thousand assets of whatever type, and calls are what is
 * scarce; so the listing is not split by type, and is not narrowed unless only some kinds are wanted.
 */
export function planTasks(plan: GcpPlan, { kinds, earlier }: PlanOptions): readonly CellTask[] {
  const listings = listingsFor(kinds);
  plan.census.converter.directory.teach(earlier);
  const { asked, lost } = plan.census;
  const known = new Map([...earlier, ...plan.census.scopes].map((scope) => [scope.id, scope]));
  const seen = new Set(asked.flatMap(({ members }) => members.map(({ id }) => id)));
  const beneath = (root: string): readonly ScopeFact[] =>
    [...known.values()].filter(({ id }) => id !== root && !seen.has(id) && lineAbove(id, known).includes(root));
  return listings.flatMap((listing) => [
    ...lost.map(({ scope, failure }) =>
      failedListing(plan, { listing, scopes: [scope, ...beneath(scope.id)], failure }),
    ),
    ...asked.flatMap((root) => {
      const gone = beneath(root.scope.id).filter(({ kind }) => kind === 'project');
      return [
        ...gone.map((scope) => failedListing(plan, { listing, scopes: [scope], failure: notListed(scope, root) })),
        listingTask(plan, {
          listing,
          root,
          toldElsewhere: new Set([...gone, ...lost.map(({ scope }) => scope)].map(({ id }) => id)),
        }),
      ];
    }),
  ]);
}

/** One of the inventory's contents, with the steps it serves. */
interface Listing {
  readonly content: ContentType;
  readonly declaration: StepDeclaration;
  /** Only these types; empty for all. */
  readonly assetTypes: readonly string[];
}

function listingsFor(kinds: readonly string[]): readonly Listing[] {
  const { bodies, policies, others } = stepsFor(kinds);
  const resources = [...bodies, ...others];
  const types = bodies.flatMap((step) => step.types.map(({ assetType }) => assetType));
  const narrow = kinds.length > 0 && others.length === 0;
  return [
    ...(resources.length === 0
      ? []
      : [
          {
            content: 'RESOURCE' as const,
            declaration: together('gcp.resources', resources),
            assetTypes: narrow ? types : [],
          },
        ]),
    ...(policies.length === 0
      ? []
      : [{ content: 'IAM_POLICY' as const, declaration: together('gcp.policies', policies), assetTypes: [] }]),
  ];
}

/** Several steps as the one listing that serves them. */
function together(id: string, steps: readonly GcpStep[]): StepDeclaration {
  const all = steps.map(({ declaration }) => declaration);
  const union = (lists: readonly (readonly string[])[]): string[] => [...new Set(lists.flat())];
  return {
    id,
    cloud: 'gcp',
    kinds: union(all.map(({ kinds }) => kinds)),
    relationships: union(all.map(({ relationships }) => relationships)).sort(),
    permissions: union(all.map(({ permissions }) => permissions)),
    apis: union(all.map(({ apis }) => apis)),
    global: false,
  };
}

function listingTask(
  plan: GcpPlan,
  {
    listing,
    root,
    toldElsewhere,
  }: { readonly listing: Listing; readonly root: AskedScope; readonly toldElsewhere: ReadonlySet<string> },
): CellTask {
  const { caller, census, at } = plan;
  const { content, declaration, assetTypes } = listing;
  const places = placesOf(root.members, plan.regions);
  return {
    ...taskBasis(plan, listing, root.name),
    places,
    failure: null,
    list: (signal) =>
      listScope({
        caller,
        directory: census.converter.directory,
        parent: root.name,
        root: root.scope.id,
        content,
        assetTypes,
        at,
        places,
        toldElsewhere,
        kinds: new Set(declaration.kinds),
        signal,
      }),
  };
}

/** Cells of scopes that cannot be looked at: what was known of them ages. */
function failedListing(
  plan: GcpPlan,
  parts: { readonly listing: Listing; readonly scopes: readonly ScopeFact[]; readonly failure: CellFailure },
): CellTask {
  const [first] = parts.scopes;
  return {
    ...taskBasis(plan, parts.listing, first?.nativeId ?? ''),
    places: placesOf(parts.scopes, plan.regions),
    failure: parts.failure,
    list: () => nothingListed,
  };
}

function taskBasis(
  { asker, at, placeOf }: GcpPlan,
  { declaration }: Listing,
  scope: string,
): Pick<CellTask, 'queue' | 'service' | 'declaration' | 'maximumRows' | 'classify' | 'capturedAt'> {
  const [permission = ''] = declaration.permissions;
  return {
    // The limit is that of the project one asks through, whatever is asked about.
    queue: `gcp ${asker}`,
    service: declaration.id,
    declaration,
    // The listing closes single cells that grow too long by itself, and goes on with the others.
    maximumRows: Number.POSITIVE_INFINITY,
    classify: (thrown) => classifyGcpError(thrown, placeOf(scope, permission)),
    ...(at === null ? {} : { capturedAt: at }),
  };
}

function placesOf(scopes: readonly ScopeFact[], regions: readonly string[]): CellTask['places'] {
  const named = regions.length === 0 ? [allRegions] : [...regions, 'global'];
  const [first, ...others] = scopes.flatMap(({ id, name }) =>
    named.map((region): CellPlace => ({ scope: id, scopeName: name, region })),
  );
  if (first === undefined) throw new RangeError('A task has a place.');
  return [first, ...others];
}

function notListed({ name, nativeId }: ScopeFact, root: AskedScope): CellFailure {
  return {
    status: 'not-tried',
    message:
      `Project ${name === nativeId ? nativeId : `${name} (${nativeId})`} is not listed in ${root.name} any more: it was deleted or moved. ` +
      `Map projects/${nativeId} by itself to find out.`,
    permission: null,
    unreachable: false,
  };
}
