import {
  type Cluster,
  DescribeAccessEntryCommand,
  DescribeClusterCommand,
  DescribeFargateProfileCommand,
  DescribeNodegroupCommand,
  EKSClient,
  type AccessEntry,
  type FargateProfile,
  ListAccessEntriesCommand,
  ListClustersCommand,
  ListFargateProfilesCommand,
  ListNodegroupsCommand,
  type Nodegroup,
} from '@aws-sdk/client-eks';
import {
  type AutoScalingGroup,
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
} from '@aws-sdk/client-auto-scaling';
import { listed } from '../calls/aws-caller.ts';
import { DetailReader } from '../calls/detail-reader.ts';
import { everyItem, pagesOf } from '../calls/pages.ts';
import { type AwsContext, clientOf, type ItemPage } from '../context.ts';

const maxResults = 100;
const gone = ['ResourceNotFoundException'];

/** The names of every cluster of a region; read once for the clusters and for what is in them. */
function everyClusterName(context: AwsContext): Promise<readonly string[]> {
  const eks = clientOf(context, EKSClient);
  return context.session.once(`eks.clusters ${context.place.region}`, () =>
    everyItem(
      pagesOf(context.caller, {
        permission: 'eks:ListClusters',
        send: (nextToken, options) => eks.send(new ListClustersCommand({ maxResults, nextToken }), options),
        next: ({ nextToken }) => nextToken,
      }),
      ({ clusters }) => listed(clusters, 'clusters'),
    ),
  );
}

/** A cluster with who may enter it; null where that could not be read or the cluster keeps it inside itself. */
export interface DetailedCluster {
  readonly cluster: Cluster;
  readonly accessEntries: readonly AccessEntry[] | null;
}

export async function* listClusters(context: AwsContext): AsyncGenerator<ItemPage<DetailedCluster>> {
  const eks = clientOf(context, EKSClient);
  const details = new DetailReader(context);
  yield* details.inParts(await everyClusterName(context), async (name) => {
    const answer = await details.read({
      permission: 'eks:DescribeCluster',
      gone,
      send: (options) => eks.send(new DescribeClusterCommand({ name }), options),
    });
    const mode = answer?.cluster?.accessConfig?.authenticationMode;
    const hasEntries = mode === 'API' || mode === 'API_AND_CONFIG_MAP';
    return {
      cluster: { ...answer?.cluster, name },
      accessEntries: hasEntries ? await accessEntriesOf(eks, details, name) : null,
    };
  });
}

async function accessEntriesOf(
  eks: EKSClient,
  details: DetailReader,
  clusterName: string,
): Promise<readonly AccessEntry[] | null> {
  const principals = await details.readEvery({
    permission: 'eks:ListAccessEntries',
    gone,
    send: (nextToken, options) =>
      eks.send(new ListAccessEntriesCommand({ clusterName, maxResults, nextToken }), options),
    next: ({ nextToken }) => nextToken,
    items: ({ accessEntries }) => listed(accessEntries, 'accessEntries'),
  });
  if (principals === null) return null;
  const entries: AccessEntry[] = [];
  for (const principalArn of principals) {
    const answer = await details.read({
      permission: 'eks:DescribeAccessEntry',
      absent: gone,
      send: (options) => eks.send(new DescribeAccessEntryCommand({ clusterName, principalArn }), options),
    });
    entries.push({ ...answer?.accessEntry, principalArn });
  }
  return entries;
}

/** A node group with the scaling groups that its machines belong to. */
export interface DetailedNodegroup {
  readonly group: Nodegroup;
  readonly scalingGroups: readonly AutoScalingGroup[];
}

export async function* listNodegroups(context: AwsContext): AsyncGenerator<ItemPage<DetailedNodegroup>> {
  const eks = clientOf(context, EKSClient);
  const details = new DetailReader(context);
  for (const clusterName of await everyClusterName(context)) {
    const names = await details.readEvery({
      permission: 'eks:ListNodegroups',
      absent: gone,
      send: (nextToken, options) =>
        eks.send(new ListNodegroupsCommand({ clusterName, maxResults, nextToken }), options),
      next: ({ nextToken }) => nextToken,
      items: ({ nodegroups }) => listed(nodegroups, 'nodegroups'),
    });
    yield* details.inParts(names ?? [], async (nodegroupName) => {
      const answer = await details.read({
        permission: 'eks:DescribeNodegroup',
        gone,
        send: (options) => eks.send(new DescribeNodegroupCommand({ clusterName, nodegroupName }), options),
      });
      const group = { ...answer?.nodegroup, clusterName, nodegroupName };
      return { group, scalingGroups: await scalingGroupsOf(context, details, group) };
    });
  }
}

/** A node group names its scaling groups; only they themselves tell their ARN. */
async function scalingGroupsOf(
  context: AwsContext,
  details: DetailReader,
  group: Nodegroup,
): Promise<readonly AutoScalingGroup[]> {
  const names = (group.resources?.autoScalingGroups ?? []).flatMap(({ name }) => name ?? []);
  if (names.length === 0) return [];
  const autoScaling = clientOf(context, AutoScalingClient);
  const answer = await details.read({
    permission: 'autoscaling:DescribeAutoScalingGroups',
    send: (options) =>
      autoScaling.send(new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: names }), options),
  });
  return answer?.AutoScalingGroups ?? [];
}

export async function* listFargateProfiles(context: AwsContext): AsyncGenerator<ItemPage<FargateProfile>> {
  const eks = clientOf(context, EKSClient);
  const details = new DetailReader(context);
  for (const clusterName of await everyClusterName(context)) {
    const names = await details.readEvery({
      permission: 'eks:ListFargateProfiles',
      absent: gone,
      send: (nextToken, options) =>
        eks.send(new ListFargateProfilesCommand({ clusterName, maxResults, nextToken }), options),
      next: ({ nextToken }) => nextToken,
      items: ({ fargateProfileNames }) => listed(fargateProfileNames, 'fargateProfileNames'),
    });
    yield* details.inParts(names ?? [], async (fargateProfileName) => {
      const answer = await details.read({
        permission: 'eks:DescribeFargateProfile',
        gone,
        send: (options) => eks.send(new DescribeFargateProfileCommand({ clusterName, fargateProfileName }), options),
      });
      return { ...answer?.fargateProfile, clusterName, fargateProfileName };
    });
  }
}
