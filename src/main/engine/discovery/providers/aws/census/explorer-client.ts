import {
  GetDefaultViewCommand,
  GetIndexCommand,
  type GetIndexCommandOutput,
  GetViewCommand,
  type Index,
  ListIndexesCommand,
  ListResourcesCommand,
  ListSupportedResourceTypesCommand,
  type Resource,
  ResourceExplorer2Client,
  type View,
} from '@aws-sdk/client-resource-explorer-2';
import { listed } from '../calls/aws-caller.ts';
import { everyItem, pagesOf } from '../calls/pages.ts';
import type { AskedIn } from './asking.ts';

/** What a census asks of Resource Explorer in every account that is mapped. */
export const explorerPermissions = [
  'resource-explorer-2:GetDefaultView',
  'resource-explorer-2:GetIndex',
  'resource-explorer-2:GetView',
  'resource-explorer-2:ListIndexes',
  'resource-explorer-2:ListResources',
  'resource-explorer-2:ListSupportedResourceTypes',
  'resource-explorer-2:Search',
] as const;

/** The most that these calls give on a page. */
const pageSize = 1000;

/** The indexes of an account over all its regions, those included that are just being made. */
export function indexesOf({ session, region, signal }: AskedIn): Promise<Index[]> {
  const client = session.client(ResourceExplorer2Client, region);
  const pages = pagesOf(session.caller(region, signal), {
    permission: 'resource-explorer-2:ListIndexes',
    send: (NextToken, options) => client.send(new ListIndexesCommand({ MaxResults: 100, NextToken }), options),
    next: ({ NextToken }) => NextToken,
  });
  return everyItem(pages, ({ Indexes }) => listed(Indexes, 'Indexes'));
}

/** The index of the place's own region. */
export function indexIn({ session, region, signal }: AskedIn): Promise<GetIndexCommandOutput> {
  const client = session.client(ResourceExplorer2Client, region);
  return session
    .caller(region, signal)
    .call('resource-explorer-2:GetIndex', (options) => client.send(new GetIndexCommand({}), options));
}

/** The view that the region's searches use unless another is named; null when there is none. */
export async function defaultViewIn({ session, region, signal }: AskedIn): Promise<View | null> {
  const client = session.client(ResourceExplorer2Client, region);
  const caller = session.caller(region, signal);
  const { ViewArn } = await caller.call('resource-explorer-2:GetDefaultView', (options) =>
    client.send(new GetDefaultViewCommand({}), options),
  );
  if (ViewArn === undefined) return null;
  const { View: view } = await caller.call('resource-explorer-2:GetView', (options) =>
    client.send(new GetViewCommand({ ViewArn }), options),
  );
  return view ?? null;
}

/** The types that Resource Explorer indexes. */
export async function supportedTypes({ session, region, signal }: AskedIn): Promise<ReadonlySet<string>> {
  const client = session.client(ResourceExplorer2Client, region);
  const pages = pagesOf(session.caller(region, signal), {
    permission: 'resource-explorer-2:ListSupportedResourceTypes',
    send: (NextToken, options) =>
      client.send(new ListSupportedResourceTypesCommand({ MaxResults: pageSize, NextToken }), options),
    next: ({ NextToken }) => NextToken,
  });
  const types = await everyItem(pages, ({ ResourceTypes }) => listed(ResourceTypes, 'ResourceTypes'));
  return new Set(types.flatMap(({ ResourceType }) => ResourceType ?? []));
}

/** The first page of the resources of some types, and whether that is all of them. */
export async function resourcesOf(
  types: readonly string[],
  { viewArn, ...place }: AskedIn & { readonly viewArn: string },
): Promise<{ readonly resources: readonly Resource[]; readonly whole: boolean }> {
  const { session, region, signal } = place;
  const client = session.client(ResourceExplorer2Client, region);
  const { Resources, NextToken } = await session
    .caller(region, signal)
    .call('resource-explorer-2:ListResources', (options) =>
      client.send(
        new ListResourcesCommand({
          ViewArn: viewArn,
          Filters: { FilterString: `resourcetype:${types.join(',')}` },
          MaxResults: pageSize,
        }),
        options,
      ),
    );
  return { resources: listed(Resources, 'Resources'), whole: !NextToken };
}
