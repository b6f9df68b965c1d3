import type { FaultAnswer } from '#test/support/fault-proxy/index.ts';

/** Resources of one type that an account holds in a region. */
export interface Held {
  readonly accountId: string;
  readonly awsRegion: string;
  readonly resourceType: string;
}

/** What the fake knows and how it stands; everything in order unless something else is said. */
export interface ConfigState {
  readonly held: readonly Held[];
  /** Where the aggregator is; null for none. */
  readonly aggregator: { readonly accountId: string; readonly region: string } | null;
  /** Sources that did not deliver, as `account region`. */
  readonly outdated?: readonly string[];
  /** How recorders are set up, as the API tells it. */
  readonly recorder?: Readonly<Record<string, unknown>>;
  readonly recorderStatus?: Readonly<Record<string, unknown>>;
  /** Rows on a page of a query. */
  readonly pageSize?: number;
}

const name = 'organization';
const requestId = '00000000-0000-0000-0000-0000000c0f16';
const dayMilliseconds = 24 * 3600 * 1000;

/**
 * A fake of AWS Config as far as a census needs it: its aggregators, their sources, the one query by type, and the
 * recorders. It speaks the service's JSON protocol; what moto has of Config knows no aggregate queries.
 */
export function fakeConfigService(
  state: ConfigState,
): (request: {
  service: string;
  action: string;
  region: string;
  accountId: string;
  body: string;
}) => FaultAnswer | null {
  return ({ service, action, region, accountId, body }) => {
    if (service !== 'config') return null;
    const input = JSON.parse(body === '' ? '{}' : body) as { readonly NextToken?: string };
    const output = outputOf({ state, action, region, accountId, input });
    if (output === null) return null;
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': requestId };
    return { status: 200, headers, body: JSON.stringify(output) };
  };
}

interface Asked {
  readonly state: ConfigState;
  readonly action: string;
  readonly region: string;
  readonly accountId: string;
  readonly input: { readonly NextToken?: string };
}

function outputOf({ state, action, region, accountId, input }: Asked): object | null {
  const { aggregator, held } = state;
  switch (action) {
    case 'DescribeConfigurationAggregators':
      return {
        ConfigurationAggregators:
          aggregator?.accountId === accountId && aggregator.region === region
            ? [
                {
                  ConfigurationAggregatorName: name,
                  ConfigurationAggregatorArn: `arn:aws:config:${region}:${accountId}:config-aggregator/${name}`,
                  OrganizationAggregationSource: { AllAwsRegions: true, RoleArn: 'arn:aws:iam::1:role/config' },
                },
              ]
            : [],
      };
    case 'DescribeConfigurationAggregatorSourcesStatus':
      return { AggregatedSourceStatusList: sourcesOf(state) };
    case 'SelectAggregateResourceConfig':
      return pageOf(held, Number(input.NextToken ?? 0), state.pageSize ?? 500);
    case 'DescribeConfigurationRecorders':
      return {
        ConfigurationRecorders: [
          {
            name: 'default',
            recordingGroup: { allSupported: true, includeGlobalResourceTypes: true, resourceTypes: [] },
            ...state.recorder,
          },
        ],
      };
    case 'DescribeConfigurationRecorderStatus':
      return {
        ConfigurationRecordersStatus: [
          {
            name: 'default',
            recording: true,
            lastStatus: 'SUCCESS',
            lastStartTime: (Date.now() - 30 * dayMilliseconds) / 1000,
            ...state.recorderStatus,
          },
        ],
      };
    default:
      return null;
  }
}

function sourcesOf({ held, outdated = [] }: ConfigState): readonly object[] {
  const places = new Map(held.map((one) => [`${one.accountId} ${one.awsRegion}`, one]));
  return [...places].map(([place, { accountId, awsRegion }]) => ({
    SourceId: accountId,
    SourceType: 'ACCOUNT',
    AwsRegion: awsRegion,
    LastUpdateStatus: outdated.includes(place) ? 'OUTDATED' : 'SUCCEEDED',
    LastUpdateTime: Date.now() / 1000,
  }));
}

/** A page of the query, each row as a JSON text like the service sends them. */
function pageOf(held: readonly Held[], start: number, size: number): object {
  const rows = held.slice(start, start + size).map((row) => JSON.stringify({ ...row, 'COUNT(*)': 1 }));
  return {
    Results: rows,
    QueryInfo: { SelectFields: [{ Name: 'accountId' }, { Name: 'awsRegion' }, { Name: 'resourceType' }] },
    ...(start + size < held.length ? { NextToken: String(start + size) } : {}),
  };
}
