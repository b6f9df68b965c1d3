import {
  type CacheCluster,
  type CacheSubnetGroup,
  DescribeCacheClustersCommand,
  DescribeCacheSubnetGroupsCommand,
  DescribeReplicationGroupsCommand,
  ElastiCacheClient,
  ListTagsForResourceCommand,
  type ReplicationGroup,
} from '@aws-sdk/client-elasticache';
import { listed } from '../calls/aws-caller.ts';
import { DetailReader } from '../calls/detail-reader.ts';
import { everyItem, pagesOf } from '../calls/pages.ts';
import { type AwsContext, clientOf, type ItemPage } from '../context.ts';
import { tagsOf } from '../facts.ts';

type Tags = Readonly<Record<string, string>>;

/** A cache with the group of subnets it stands in, which alone tells its network. */
export interface DetailedCache {
  readonly cluster: CacheCluster;
  readonly subnets: CacheSubnetGroup | null;
  readonly tags: Tags;
}

const MaxRecords = 100;

/** Every group of subnets for caches; read once for the groups and for the caches in them. */
function everySubnetGroup(context: AwsContext): Promise<readonly CacheSubnetGroup[]> {
  const client = clientOf(context, ElastiCacheClient);
  return context.session.once(`elasticache.subnet-groups ${context.place.region}`, () =>
    everyItem(
      pagesOf(context.caller, {
        permission: 'elasticache:DescribeCacheSubnetGroups',
        send: (Marker, options) => client.send(new DescribeCacheSubnetGroupsCommand({ MaxRecords, Marker }), options),
        next: ({ Marker }) => Marker,
      }),
      ({ CacheSubnetGroups }) => listed(CacheSubnetGroups, 'CacheSubnetGroups'),
    ),
  );
}

export async function* listCaches(context: AwsContext): AsyncGenerator<ItemPage<DetailedCache>> {
  const client = clientOf(context, ElastiCacheClient);
  const details = new DetailReader(context);
  const pages = pagesOf(context.caller, {
    permission: 'elasticache:DescribeCacheClusters',
    send: (Marker, options) =>
      client.send(new DescribeCacheClustersCommand({ ShowCacheNodeInfo: true, MaxRecords, Marker }), options),
    next: ({ Marker }) => Marker,
  });
  for await (const { CacheClusters } of pages) {
    const clusters = listed(CacheClusters, 'CacheClusters');
    const groups = clusters.length === 0 ? [] : await details.orNone(() => everySubnetGroup(context));
    yield* details.inParts(clusters, async (cluster) => ({
      cluster,
      subnets: groups.find(({ CacheSubnetGroupName }) => CacheSubnetGroupName === cluster.CacheSubnetGroupName) ?? null,
      tags: await readTags(context, details, cluster.ARN),
    }));
  }
}

export interface TaggedReplicationGroup {
  readonly group: ReplicationGroup;
  readonly tags: Tags;
}

export async function* listReplicationGroups(context: AwsContext): AsyncGenerator<ItemPage<TaggedReplicationGroup>> {
  const client = clientOf(context, ElastiCacheClient);
  const details = new DetailReader(context);
  const pages = pagesOf(context.caller, {
    permission: 'elasticache:DescribeReplicationGroups',
    send: (Marker, options) => client.send(new DescribeReplicationGroupsCommand({ MaxRecords, Marker }), options),
    next: ({ Marker }) => Marker,
  });
  for await (const { ReplicationGroups } of pages) {
    yield* details.inParts(listed(ReplicationGroups, 'ReplicationGroups'), async (group) => ({
      group,
      tags: await readTags(context, details, group.ARN),
    }));
  }
}

export interface TaggedCacheSubnetGroup {
  readonly group: CacheSubnetGroup;
  readonly tags: Tags;
}

export async function* listCacheSubnetGroups(context: AwsContext): AsyncGenerator<ItemPage<TaggedCacheSubnetGroup>> {
  const details = new DetailReader(context);
  yield* details.inParts(await everySubnetGroup(context), async (group) => ({
    group,
    tags: await readTags(context, details, group.ARN),
  }));
}

async function readTags(context: AwsContext, details: DetailReader, ResourceName: string | undefined): Promise<Tags> {
  if (ResourceName === undefined) return {};
  const client = clientOf(context, ElastiCacheClient);
  const answer = await details.read({
    permission: 'elasticache:ListTagsForResource',
    gone: [
      'CacheClusterNotFound',
      'CacheClusterNotFoundFault',
      'CacheSubnetGroupNotFoundFault',
      'ReplicationGroupNotFoundFault',
    ],
    send: (options) => client.send(new ListTagsForResourceCommand({ ResourceName }), options),
  });
  return tagsOf(answer?.TagList);
}
