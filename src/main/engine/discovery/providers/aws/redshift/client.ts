import { DescribeClustersCommand, DescribeClusterSubnetGroupsCommand, RedshiftClient } from '@aws-sdk/client-redshift';
import { listed } from '../calls/aws-caller.ts';
import { itemPages } from '../calls/pages.ts';
import { type AwsContext, clientOf } from '../context.ts';

const MaxRecords = 100;

export function listWarehouses(context: AwsContext) {
  const client = clientOf(context, RedshiftClient);
  return itemPages(context, {
    permission: 'redshift:DescribeClusters',
    send: (Marker, options) => client.send(new DescribeClustersCommand({ MaxRecords, Marker }), options),
    next: ({ Marker }) => Marker,
    items: ({ Clusters }) => listed(Clusters, 'Clusters'),
  });
}

export function listWarehouseSubnetGroups(context: AwsContext) {
  const client = clientOf(context, RedshiftClient);
  return itemPages(context, {
    permission: 'redshift:DescribeClusterSubnetGroups',
    send: (Marker, options) => client.send(new DescribeClusterSubnetGroupsCommand({ MaxRecords, Marker }), options),
    next: ({ Marker }) => Marker,
    items: ({ ClusterSubnetGroups }) => listed(ClusterSubnetGroups, 'ClusterSubnetGroups'),
  });
}
