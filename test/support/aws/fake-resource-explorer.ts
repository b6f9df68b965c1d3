import type { StandIn } from '#test/support/fault-proxy/index.ts';

/** A resource that an account holds in a region, by what Resource Explorer calls its type. */
export interface Indexed {
  readonly accountId: string;
  readonly region: string;
  readonly type: string;
}

/** What the fake knows and how it stands; everything in order unless something else is said. */
export interface ExplorerState {
  readonly held: readonly Indexed[];
  /** The regions with an index; the first has the aggregator. */
  readonly regions: readonly string[];
  readonly aggregator?: boolean;
  /** How an index stands, as the API tells it. */
  readonly index?: Readonly<Record<string, unknown>>;
  /** What the default view hides. */
  readonly view?: Readonly<Record<string, unknown>>;
  readonly supported: readonly string[];
  /** Resources on a page. */
  readonly pageSize?: number;
}

const requestId = '00000000-0000-0000-0000-00000000e0e2';
const dayMilliseconds = 24 * 3600 * 1000;

/**
 * A fake of AWS Resource Explorer as far as a census needs it: indexes, the default view, the supported types and the
 * listing by types. It speaks the service's JSON protocol; moto does not have the service.
 */
export function fakeResourceExplorer(state: ExplorerState): StandIn {
  return ({ service, action, region, accountId, body }) => {
    if (service !== 'resource-explorer-2') return null;
    const input = JSON.parse(body === '' ? '{}' : body) as Input;
    const output = outputOf(state, { operation: action.replace('POST /', ''), region, accountId, input });
    if (output === null) return null;
    const headers = { 'content-type': 'application/json', 'x-amzn-requestid': requestId };
    return { status: 200, headers, body: JSON.stringify(output) };
  };
}

interface Input {
  readonly Filters?: { readonly FilterString?: string };
  readonly MaxResults?: number;
}

interface Asked {
  readonly operation: string;
  readonly region: string;
  readonly accountId: string;
  readonly input: Input;
}

function outputOf(state: ExplorerState, { operation, region, accountId, input }: Asked): object | null {
  const arn = (what: string, where: string): string => `arn:aws:resource-explorer-2:${where}:${accountId}:${what}`;
  const [first = ''] = state.regions;
  const typeOf = (where: string): string => (where === first && state.aggregator !== false ? 'AGGREGATOR' : 'LOCAL');
  switch (operation) {
    case 'ListIndexes':
      return {
        Indexes: state.regions.map((where) => ({ Region: where, Arn: arn('index/one', where), Type: typeOf(where) })),
      };
    case 'GetIndex':
      return {
        Arn: arn('index/one', region),
        Type: typeOf(region),
        State: 'ACTIVE',
        CreatedAt: new Date(Date.now() - 30 * dayMilliseconds).toISOString(),
        ...(region === first ? { ReplicatingFrom: state.regions.slice(1) } : { ReplicatingTo: [first] }),
        ...state.index,
      };
    case 'GetDefaultView':
      return { ViewArn: arn('view/all/one', region) };
    case 'GetView':
      return {
        View: {
          ViewArn: arn('view/all/one', region),
          Owner: accountId,
          Scope: `arn:aws:iam::${accountId}:root`,
          Filters: { FilterString: '' },
          ...state.view,
        },
      };
    case 'ListSupportedResourceTypes':
      return { ResourceTypes: state.supported.map((ResourceType) => ({ ResourceType })) };
    case 'ListResources':
      return pageOf(state, accountId, input);
    default:
      return null;
  }
}

function pageOf({ held, pageSize }: ExplorerState, accountId: string, { Filters, MaxResults = 100 }: Input): object {
  const types = new Set((Filters?.FilterString ?? '').replace('resourcetype:', '').split(','));
  const found = held.filter((one) => one.accountId === accountId && types.has(one.type));
  const size = Math.min(MaxResults, pageSize ?? MaxResults);
  return {
    Resources: found.slice(0, size).map(({ region, type }) => ({ Region: region, ResourceType: type })),
    ...(found.length > size ? { NextToken: 'more' } : {}),
  };
}
