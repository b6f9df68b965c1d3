import {
  type AggregatedSourceStatus,
  type ConfigurationAggregator,
  type ConfigurationRecorder,
  type ConfigurationRecorderStatus,
  ConfigServiceClient,
  DescribeConfigurationAggregatorsCommand,
  DescribeConfigurationAggregatorSourcesStatusCommand,
  DescribeConfigurationRecordersCommand,
  DescribeConfigurationRecorderStatusCommand,
  SelectAggregateResourceConfigCommand,
} from '@aws-sdk/client-config-service';
import { z } from 'zod';
import { listed } from '../calls/aws-caller.ts';
import { InvalidAnswerError } from '../calls/aws-error.ts';
import { everyItem, pagesOf } from '../calls/pages.ts';
import type { AskedIn } from './asking.ts';

/** What a census asks of AWS Config where the aggregator is. */
export const aggregatorPermissions = [
  'config:DescribeConfigurationAggregatorSourcesStatus',
  'config:DescribeConfigurationAggregators',
  'config:SelectAggregateResourceConfig',
] as const;
/** And of every account that is mapped. */
export const recorderPermissions = [
  'config:DescribeConfigurationRecorderStatus',
  'config:DescribeConfigurationRecorders',
] as const;

export async function aggregatorsIn({ session, region, signal }: AskedIn): Promise<ConfigurationAggregator[]> {
  const config = session.client(ConfigServiceClient, region);
  const pages = pagesOf(session.caller(region, signal), {
    permission: 'config:DescribeConfigurationAggregators',
    send: (NextToken, options) =>
      config.send(new DescribeConfigurationAggregatorsCommand({ ...(NextToken && { NextToken }) }), options),
    next: ({ NextToken }) => NextToken,
  });
  return everyItem(pages, ({ ConfigurationAggregators }) =>
    listed(ConfigurationAggregators, 'ConfigurationAggregators'),
  );
}

/** How each account × region that is aggregated stands. */
export async function sourcesOf(aggregator: string, place: AskedIn): Promise<AggregatedSourceStatus[]> {
  const { session, region, signal } = place;
  const config = session.client(ConfigServiceClient, region);
  const pages = pagesOf(session.caller(region, signal), {
    permission: 'config:DescribeConfigurationAggregatorSourcesStatus',
    send: (NextToken, options) =>
      config.send(
        new DescribeConfigurationAggregatorSourcesStatusCommand({
          ConfigurationAggregatorName: aggregator,
          Limit: 100,
          ...(NextToken && { NextToken }),
        }),
        options,
      ),
    next: ({ NextToken }) => NextToken,
  });
  return everyItem(pages, ({ AggregatedSourceStatusList }) =>
    listed(AggregatedSourceStatusList, 'AggregatedSourceStatusList'),
  );
}

/** That there are resources of a type in an account × region. */
const holdingSchema = z.object({ accountId: z.string(), awsRegion: z.string(), resourceType: z.string() });
export type Holding = z.infer<typeof holdingSchema>;

/** Which types each account × region holds: up to 500 of them on a page. */
export async function holdingsOf(aggregator: string, place: AskedIn): Promise<Holding[]> {
  const { session, region, signal } = place;
  const config = session.client(ConfigServiceClient, region);
  const pages = pagesOf(session.caller(region, signal), {
    permission: 'config:SelectAggregateResourceConfig',
    send: (NextToken, options) =>
      config.send(
        new SelectAggregateResourceConfigCommand({
          ConfigurationAggregatorName: aggregator,
          Expression: 'SELECT accountId, awsRegion, resourceType, COUNT(*) GROUP BY accountId, awsRegion, resourceType',
          ...(NextToken && { NextToken }),
        }),
        options,
      ),
    next: ({ NextToken }) => NextToken,
  });
  return everyItem(pages, ({ Results }) => listed(Results, 'Results').map(holdingOf));
}

function holdingOf(row: string): Holding {
  try {
    return holdingSchema.parse(JSON.parse(row));
  } catch {
    // A row that cannot be read is a resource that is not counted, so that nothing may be concluded from the rest.
    throw new InvalidAnswerError('A row of the query has another form.');
  }
}

/** What is recorded in a region of an account, and how that goes. */
export interface Recorder {
  readonly recorder: ConfigurationRecorder;
  readonly status: ConfigurationRecorderStatus;
}

export async function recordersIn({ session, region, signal }: AskedIn): Promise<readonly Recorder[]> {
  const config = session.client(ConfigServiceClient, region);
  const caller = session.caller(region, signal);
  const { ConfigurationRecorders } = await caller.list('config:DescribeConfigurationRecorders', (options) =>
    config.send(new DescribeConfigurationRecordersCommand({}), options),
  );
  const recorders = listed(ConfigurationRecorders, 'ConfigurationRecorders');
  if (recorders.length === 0) return [];
  const { ConfigurationRecordersStatus } = await caller.list('config:DescribeConfigurationRecorderStatus', (options) =>
    config.send(new DescribeConfigurationRecorderStatusCommand({}), options),
  );
  const states = listed(ConfigurationRecordersStatus, 'ConfigurationRecordersStatus');
  return recorders.flatMap((recorder) => {
    const status = states.find(({ name }) => name === recorder.name);
    return status === undefined ? [] : [{ recorder, status }];
  });
}
