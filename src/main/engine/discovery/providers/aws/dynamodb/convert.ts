import { type Converted, EdgeList, need, resourceFact } from '../facts.ts';
import { jsonBody, jsonObjectBody } from '../json-body.ts';
import { type AwsPlace, keyId } from '../place.ts';
import type { DetailedTable } from './client.ts';

export function convertTable({ table, backups, timeToLive, tags }: DetailedTable, place: AwsPlace): Converted {
  const id = need(table.TableArn, 'TableArn');
  const edges = new EdgeList(id, 'DescribeTable');
  const key = table.SSEDescription?.KMSMasterKeyArn;
  if (key) edges.to('ENCRYPTED_BY', { to: keyId(place, key), field: 'SSEDescription.KMSMasterKeyArn' });
  return {
    resource: resourceFact(place, {
      kind: 'aws.dynamodb.table',
      id,
      nativeId: need(table.TableName, 'TableName'),
      tags,
      state: table.TableStatus,
      createdAt: table.CreationDateTime,
      raw: {
        ...jsonObjectBody(table),
        ContinuousBackupsDescription: jsonBody(backups),
        TimeToLiveDescription: jsonBody(timeToLive),
      },
    }),
    relationships: edges.edges,
  };
}
