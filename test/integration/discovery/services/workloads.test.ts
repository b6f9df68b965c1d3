import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateSubnetCommand, CreateVpcCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateClusterCommand,
  CreateServiceCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
} from '@aws-sdk/client-ecs';
import {
  CreateClusterCommand as CreateKubernetesCommand,
  CreateFargateProfileCommand,
  CreateNodegroupCommand,
  EKSClient,
} from '@aws-sdk/client-eks';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  LambdaClient,
  PublishLayerVersionCommand,
} from '@aws-sdk/client-lambda';
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { beforeAll, expect, test } from 'vitest';
import { required } from '#test/support/company/company-clients.ts';
import { type Mapped, region, serviceBench } from './service-bench.ts';

const bench = serviceBench();
const hush = 'not-for-anybody';
// An empty archive: what a function consists of does not matter here.
const archive = Buffer.from('504b0506000000000000000000000000000000000000', 'hex');
let mapped: Mapped;
let subnets: string[];

beforeAll(async () => {
  const config = bench.config();
  const [ec2, iam, lambda, sqs] = [
    new EC2Client(config),
    new IAMClient(config),
    new LambdaClient(config),
    new SQSClient(config),
  ];
  const [ecs, eks, dynamodb] = [new ECSClient(config), new EKSClient(config), new DynamoDBClient(config)];
  const vpc = required((await ec2.send(new CreateVpcCommand({ CidrBlock: '10.6.0.0/16' }))).Vpc?.VpcId, 'VpcId');
  subnets = [];
  for (const [index, zone] of ['a', 'b'].entries()) {
    const { Subnet } = await ec2.send(
      new CreateSubnetCommand({ VpcId: vpc, CidrBlock: `10.6.${index}.0/24`, AvailabilityZone: `${region}${zone}` }),
    );
    subnets.push(required(Subnet?.SubnetId, 'SubnetId'));
  }
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'works', AssumeRolePolicyDocument: '{}' }));
  const role = required(Role?.Arn, 'role');

  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'orders' }));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  const table = await dynamodb.send(
    new CreateTableCommand({
      TableName: 'baskets',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
    }),
  );
  const layer = await lambda.send(
    new PublishLayerVersionCommand({ LayerName: 'shared', Content: { ZipFile: archive } }),
  );
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'worker',
      Role: role,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Code: { ZipFile: archive },
      Layers: [required(layer.LayerVersionArn, 'layer')],
      Environment: { Variables: { TOKEN: hush } },
    }),
  );
  await lambda.send(
    new CreateEventSourceMappingCommand({ FunctionName: 'worker', EventSourceArn: Attributes?.['QueueArn'] }),
  );
  await lambda.send(
    new CreateEventSourceMappingCommand({
      FunctionName: 'worker',
      EventSourceArn: table.TableDescription?.LatestStreamArn,
      StartingPosition: 'LATEST',
    }),
  );

  await ecs.send(new CreateClusterCommand({ clusterName: 'shop' }));
  await ecs.send(
    new RegisterTaskDefinitionCommand({
      family: 'web',
      taskRoleArn: role,
      networkMode: 'awsvpc',
      containerDefinitions: [
        {
          name: 'web',
          image: `123456789012.dkr.ecr.${region}.amazonaws.com/web:7`,
          memory: 128,
          environment: [{ name: 'TOKEN', value: hush }],
        },
      ],
    }),
  );
  await ecs.send(
    new CreateServiceCommand({
      cluster: 'shop',
      serviceName: 'web',
      taskDefinition: 'web',
      desiredCount: 1,
      networkConfiguration: { awsvpcConfiguration: { subnets, securityGroups: [] } },
    }),
  );
  await ecs.send(
    new RegisterTaskDefinitionCommand({
      family: 'job',
      containerDefinitions: [{ name: 'job', image: 'job', memory: 128 }],
    }),
  );
  await ecs.send(new RunTaskCommand({ cluster: 'shop', taskDefinition: 'job', launchType: 'FARGATE' }));

  await eks.send(new CreateKubernetesCommand({ name: 'k', roleArn: role, resourcesVpcConfig: { subnetIds: subnets } }));
  await eks.send(new CreateNodegroupCommand({ clusterName: 'k', nodegroupName: 'nodes', nodeRole: role, subnets }));
  await eks.send(
    new CreateFargateProfileCommand({
      clusterName: 'k',
      fargateProfileName: 'jobs',
      podExecutionRoleArn: role,
      selectors: [{ namespace: 'jobs' }],
    }),
  );
  for (const client of [ec2, iam, lambda, sqs, ecs, eks, dynamodb]) client.destroy();
  mapped = await bench.map('aws.lambda.', 'aws.ecs.', 'aws.eks.');
});

test('a queue and a table wake the function, which is made with a layer', () => {
  const wakes = mapped.edges('TARGETS').map((edge) => edge.replace(/event-source-mapping:[0-9a-f-]+/u, 'mapping'));
  expect(wakes).toEqual([
    'mapping → function:worker',
    'mapping → function:worker',
    'orders → mapping',
    'table/baskets → mapping',
  ]);
  expect(mapped.edges('DERIVED_FROM', /function:worker/u)).toEqual(['function:worker → layer:shared']);
  expect(Object.keys(mapped.named('aws.lambda.layer'))).toEqual(['shared']);
});

test('a service of a cluster runs a task definition from an image', () => {
  expect(mapped.edges('CONTAINS', /service\/shop\/web/u)).toEqual(['cluster/shop → service/shop/web']);
  expect(mapped.edges('DERIVED_FROM', /task-definition\/web/u)).toEqual([
    'service/shop/web → task-definition/web:1',
    'task-definition/web:1 → repository/web',
  ]);
  expect(mapped.edges('RUNS_AS', /task-definition/u)).toEqual(['task-definition/web:1 → role/works']);
  expect(mapped.edges('IN_NETWORK', /service\/shop/u)).toEqual(
    subnets.map((subnet) => `service/shop/web → subnet/${subnet}`).sort(),
  );
});

test('a task that runs now on its own is part of the cluster', () => {
  const [task] = mapped.resources.filter(({ kind }) => kind === 'aws.ecs.task');
  expect(task?.name).toMatch(/^job [0-9a-f]{8}$/u);
  expect(mapped.edges('DERIVED_FROM', /:task\//u)).toEqual([`task/shop/${task?.nativeId} → task-definition/job:1`]);
  expect(mapped.edges('CONTAINS', /:task\//u)).toEqual([`cluster/shop → task/shop/${task?.nativeId}`]);
});

test('a Kubernetes cluster holds its node groups and profiles', () => {
  const held = mapped.edges('CONTAINS', /cluster\/k/u).map((edge) => edge.replace(/\/[0-9a-f-]{30,}$/u, ''));
  expect(held).toEqual(['cluster/k → fargateprofile/k/jobs', 'cluster/k → nodegroup/k/nodes']);
  expect(mapped.edges('RUNS_AS', /nodegroup\//u).length).toBe(1);
});

test('no value of an environment is kept', () => {
  const bodies = JSON.stringify(mapped.resources);
  expect(bodies).toContain('TOKEN');
  expect(bodies).not.toContain(hush);
});
