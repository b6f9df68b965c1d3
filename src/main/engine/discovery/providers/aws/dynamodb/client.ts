import {
  type ContinuousBackupsDescription,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ListTablesCommand,
  ListTagsOfResourceCommand,
  type TableDescription,
  type TimeToLiveDescription,
} from '@aws-sdk/client-dynamodb';
import { listed } from '../calls/aws-caller.ts';
import { type AwsContext, clientOf, type ItemPage } from '../context.ts';
import { tagsOf } from '../facts.ts';
import { DetailReader } from '../calls/detail-reader.ts';
import { pagesOf } from '../calls/pages.ts';
import { arn } from '../place.ts';

export interface DetailedTable {
  readonly table: TableDescription;
  readonly backups: ContinuousBackupsDescription | null;
  readonly timeToLive: TimeToLiveDescription | null;
  readonly tags: Readonly<Record<string, string>>;
}

export async function* listTables(context: AwsContext): AsyncGenerator<ItemPage<DetailedTable>> {
  const dynamodb = clientOf(context, DynamoDBClient);
  const details = new DetailReader(context);
  const pages = pagesOf(context.caller, {
    permission: 'dynamodb:ListTables',
    send: (ExclusiveStartTableName, options) =>
      dynamodb.send(new ListTablesCommand({ Limit: 100, ExclusiveStartTableName }), options),
    next: (output) => output.LastEvaluatedTableName,
  });
  for await (const { TableNames } of pages) {
    yield* details.inParts(listed(TableNames, 'TableNames'), (name) => detailsOf(context, { details, name }));
  }
}

async function detailsOf(
  context: AwsContext,
  what: { readonly details: DetailReader; readonly name: string },
): Promise<DetailedTable> {
  const dynamodb = clientOf(context, DynamoDBClient);
  const { details, name: TableName } = what;
  const gone = ['ResourceNotFoundException', 'TableNotFoundException'];
  const described = await details.read({
    permission: 'dynamodb:DescribeTable',
    gone,
    send: (options) => dynamodb.send(new DescribeTableCommand({ TableName }), options),
  });
  const backups = await details.read({
    permission: 'dynamodb:DescribeContinuousBackups',
    gone,
    send: (options) => dynamodb.send(new DescribeContinuousBackupsCommand({ TableName }), options),
  });
  const timeToLive = await details.read({
    permission: 'dynamodb:DescribeTimeToLive',
    gone,
    send: (options) => dynamodb.send(new DescribeTimeToLiveCommand({ TableName }), options),
  });
  const TableArn = arn(context.place, { service: 'dynamodb', resource: `table/${TableName}` });
  const tags = await details.read({
    permission: 'dynamodb:ListTagsOfResource',
    gone,
    send: (options) => dynamodb.send(new ListTagsOfResourceCommand({ ResourceArn: TableArn }), options),
  });
  return {
    table: described?.Table ?? { TableName, TableArn },
    backups: backups?.ContinuousBackupsDescription ?? null,
    timeToLive: timeToLive?.TimeToLiveDescription ?? null,
    tags: tagsOf(tags?.Tags),
  };
}
