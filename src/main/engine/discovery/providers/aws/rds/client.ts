import {
  type DBInstance,
  type DBSubnetGroup,
  DescribeDBInstancesCommand,
  DescribeDBSubnetGroupsCommand,
  ListTagsForResourceCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import { listed } from '../calls/aws-caller.ts';
import { type AwsContext, clientOf, type ItemPage } from '../context.ts';
import { tagsOf } from '../facts.ts';
import { DetailReader } from '../calls/detail-reader.ts';
import { pagesOf } from '../calls/pages.ts';

const MaxRecords = 100;

export async function* listDatabases(context: AwsContext): AsyncGenerator<ItemPage<DBInstance>> {
  const rds = clientOf(context, RDSClient);
  const pages = pagesOf(context.caller, {
    permission: 'rds:DescribeDBInstances',
    send: (Marker, options) => rds.send(new DescribeDBInstancesCommand({ MaxRecords, Marker }), options),
    next: (output) => output.Marker,
  });
  for await (const { DBInstances } of pages) yield { items: listed(DBInstances, 'DBInstances') };
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
    yield await details.each(listed(DBSubnetGroups, 'DBSubnetGroups'), async (group) => {
      const answer = await details.read({
        permission: 'rds:ListTagsForResource',
        gone: ['DBSubnetGroupNotFoundFault', 'DBSubnetGroupNotFound'],
        send: (options) => rds.send(new ListTagsForResourceCommand({ ResourceName: group.DBSubnetGroupArn }), options),
      });
      return { group, tags: tagsOf(answer?.TagList) };
    });
  }
}
