import {
  type Cluster,
  DescribeClustersCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  ListClustersCommand,
  ListServicesCommand,
  ListTaskDefinitionsCommand,
  ListTasksCommand,
  type Service,
  type Tag,
  type Task,
  type TaskDefinition,
} from '@aws-sdk/client-ecs';
import { listed } from '../calls/aws-caller.ts';
import { DetailReader } from '../calls/detail-reader.ts';
import { everyItem, pagesOf } from '../calls/pages.ts';
import { type AwsContext, clientOf, type ItemPage } from '../context.ts';

/** The most clusters, services and tasks that one call describes. */
const clusterBatch = 100;
const serviceBatch = 10;
const taskBatch = 100;

/** The ARNs of every cluster of a region; read once for the clusters and for their services. */
function everyClusterArn(context: AwsContext): Promise<readonly string[]> {
  const ecs = clientOf(context, ECSClient);
  return context.session.once(`ecs.clusters ${context.place.region}`, () =>
    everyItem(
      pagesOf(context.caller, {
        permission: 'ecs:ListClusters',
        send: (nextToken, options) => ecs.send(new ListClustersCommand({ maxResults: 100, nextToken }), options),
        next: ({ nextToken }) => nextToken,
      }),
      ({ clusterArns }) => listed(clusterArns, 'clusterArns'),
    ),
  );
}

export async function* listClusters(context: AwsContext): AsyncGenerator<ItemPage<Cluster>> {
  const ecs = clientOf(context, ECSClient);
  const arns = await everyClusterArn(context);
  for (let start = 0; start < arns.length; start += clusterBatch) {
    const batch = arns.slice(start, start + clusterBatch);
    const { clusters } = await context.caller.call('ecs:DescribeClusters', (options) =>
      ecs.send(
        new DescribeClustersCommand({ clusters: batch, include: ['TAGS', 'SETTINGS', 'CONFIGURATIONS'] }),
        options,
      ),
    );
    // A cluster that was deleted is still told for a while, as inactive.
    yield { items: listed(clusters, 'clusters').filter(({ status }) => status !== 'INACTIVE') };
  }
}

export async function* listServices(context: AwsContext): AsyncGenerator<ItemPage<Service>> {
  const ecs = clientOf(context, ECSClient);
  const details = new DetailReader(context);
  const gone = ['ClusterNotFoundException'];
  const lists = details.inParts(await everyClusterArn(context), async (cluster) => {
    const arns = await details.readEvery({
      permission: 'ecs:ListServices',
      gone,
      send: (nextToken, options) => ecs.send(new ListServicesCommand({ cluster, maxResults: 100, nextToken }), options),
      next: ({ nextToken }) => nextToken,
      items: ({ serviceArns }) => listed(serviceArns, 'serviceArns'),
    });
    const services: Service[] = [];
    for (let start = 0; start < (arns?.length ?? 0); start += serviceBatch) {
      const batch = (arns ?? []).slice(start, start + serviceBatch);
      const answer = await details.read({
        permission: 'ecs:DescribeServices',
        gone,
        send: (options) =>
          ecs.send(new DescribeServicesCommand({ cluster, services: batch, include: ['TAGS'] }), options),
      });
      services.push(...(answer?.services ?? []));
    }
    return services.filter(({ status }) => status !== 'INACTIVE');
  });
  for await (const part of lists) yield { ...part, items: part.items.flat() };
}

/** What runs now, stopped tasks left out: they are gone within the hour. */
export async function* listTasks(context: AwsContext): AsyncGenerator<ItemPage<Task>> {
  const ecs = clientOf(context, ECSClient);
  const details = new DetailReader(context);
  const gone = ['ClusterNotFoundException'];
  const lists = details.inParts(await everyClusterArn(context), async (cluster) => {
    const arns = await details.readEvery({
      permission: 'ecs:ListTasks',
      gone,
      send: (nextToken, options) => ecs.send(new ListTasksCommand({ cluster, maxResults: 100, nextToken }), options),
      next: ({ nextToken }) => nextToken,
      items: ({ taskArns }) => listed(taskArns, 'taskArns'),
    });
    const tasks: Task[] = [];
    for (let start = 0; start < (arns?.length ?? 0); start += taskBatch) {
      const batch = (arns ?? []).slice(start, start + taskBatch);
      const answer = await details.read({
        permission: 'ecs:DescribeTasks',
        gone,
        send: (options) => ecs.send(new DescribeTasksCommand({ cluster, tasks: batch, include: ['TAGS'] }), options),
      });
      tasks.push(...(answer?.tasks ?? []));
    }
    return tasks.filter(({ lastStatus }) => lastStatus !== 'STOPPED');
  });
  for await (const part of lists) yield { ...part, items: part.items.flat() };
}

export interface TaggedTaskDefinition {
  readonly definition: TaskDefinition;
  readonly tags: readonly Tag[];
}

/** Active task definitions, the newest first: their number only grows, and each costs a call. */
export async function* listTaskDefinitions(context: AwsContext): AsyncGenerator<ItemPage<TaggedTaskDefinition>> {
  const ecs = clientOf(context, ECSClient);
  const details = new DetailReader(context);
  const pages = pagesOf(context.caller, {
    permission: 'ecs:ListTaskDefinitions',
    send: (nextToken, options) =>
      ecs.send(new ListTaskDefinitionsCommand({ status: 'ACTIVE', sort: 'DESC', maxResults: 100, nextToken }), options),
    next: ({ nextToken }) => nextToken,
  });
  for await (const { taskDefinitionArns } of pages) {
    yield* details.inParts(listed(taskDefinitionArns, 'taskDefinitionArns'), async (taskDefinition) => {
      const answer = await details.read({
        permission: 'ecs:DescribeTaskDefinition',
        send: (options) => ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition, include: ['TAGS'] }), options),
      });
      return { definition: { ...answer?.taskDefinition, taskDefinitionArn: taskDefinition }, tags: answer?.tags ?? [] };
    });
  }
}
