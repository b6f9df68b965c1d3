import {
  type DBSubnetGroup,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  DescribeDBSubnetGroupsCommand,
  ListTagsForResourceCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import { listed } from '../calls/aws-caller.ts';
import { type AwsContext, clientOf, type ItemPage } from '../context.ts';
import { tagsOf } from '../facts.ts';
import { DetailReader } from '../calls/detail-reader.ts';
import { itemPages, pagesOf } from '../calls/pages.ts';

const MaxRecords = 100;

export function listDatabases(context: AwsContext) {
  const rds = clientOf(context, RDSClient);
  return itemPages(context, {
    permission: 'rds:DescribeDBInstances',
    send: (Marker, options) => rds.send(new DescribeDBInstancesCommand({ MaxRecords, Marker }), options),
    next: ({ Marker }) => Marker,
    items: ({ DBInstances }) => listed(DBInstances, 'DBInstances'),
  });
}

/** Clusters of Aurora and of the engines that share its interface: Neptune, DocumentDB, Multi-AZ. */
export function listClusters(context: AwsContext) {
  const rds = clientOf(context, RDSClient);
  return itemPages(context, {
    permission: 'rds:DescribeDBClusters',
    send: (Marker, options) => rds.send(new DescribeDBClustersCommand({ MaxRecords, Marker }), options),
    next: ({ Marker }) => Marker,
    items: ({ DBClusters }) => listed(DBClusters, 'DBClusters'),
  });
}

export interface TaggedSubnetGroup {
  readonly group: DBSubnetGroup;
  readonly tags: Readonly<Record<string, string>>;
}

export async function* listSubnetGroups(context: AwsContext): AsyncGenerator<ItemPage<TaggedSubnetGroup>> {
  const rds = clientOf(context, RDSClient);
  const details = new DetailReader(context);
  const pages = pagesOf(context.caller, {
    permission: 'rds:DescribeDBSubnetGroups',
    send: (Marker, options) => rds.send(new DescribeDBSubnetGroupsCommand({ MaxRecords, Marker }), options),
    next: (output) => output.Marker,
  });
  for await (const { DBSubnetGroups } of pages) {
    yield* details.inParts(listed(DBSubnetGroups, 'DBSubnetGroups'), async (group) => {
      const answer = await details.read({
        permission: 'rds:ListTagsForResource',
        gone: ['DBSubnetGroupNotFoundFault', 'DBSubnetGroupNotFound'],
        send: (options) => rds.send(new ListTagsForResourceCommand({ ResourceName: group.DBSubnetGroupArn }), options),
      });
      return { group, tags: tagsOf(answer?.TagList) };
    });
  }
}
