import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CompanySummary, seedCompany } from '#test/support/company/index.ts';
import { type Moto, startMoto } from '#test/support/toolchain/index.ts';
import { awsRequest, callFrom, discover, memoryBench, untilDone } from './discovery-bench.ts';

let moto: Moto;
let company: CompanySummary;

beforeAll(async () => {
  moto = await startMoto();
  company = await seedCompany({ endpoint: moto.endpoint });
});

afterAll(() => moto.stop());

function count<Item>(items: readonly Item[], keyOf: (item: Item) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1;
  return counts;
}

test('maps every account of the organisation with all its kinds and relationships', async () => {
  const bench = memoryBench();
  const run = await discover(bench, {
    organization: true,
    regions: [...company.regions],
    endpoint: moto.endpoint,
  });
  const { accounts } = company;
  expect(bench.facts.cells.flatMap(({ error }) => error ?? [])).toEqual([]);
  expect(run).toMatchObject({ status: 'complete', source: 'live', incompleteCells: 0, error: null });
  expect(bench.rebuilds()).toBe(1);
  expect(bench.facts.scopes.map(({ kind, name }) => `${kind} ${name}`).sort()).toEqual([
    'account master',
    'account production',
    'account shared-services',
    'account staging',
    `organization ${company.organizationId}`,
    'ou infrastructure',
    'ou workloads',
  ]);
  const production = bench.facts.scopes.find(({ nativeId }) => nativeId === accounts.production.id);
  const parent = bench.facts.scopes.find(({ id }) => id === production?.parentId);
  expect(parent).toMatchObject({ kind: 'ou', name: 'workloads' });

  expect(bench.facts.resources.length).toBeGreaterThan(500);
  const told = count(bench.facts.resources, ({ id }) => id);
  // A peering is told by the accounts and regions at both of its ends.
  const twice = Object.keys(told).filter((id) => told[id] !== 1);
  expect(twice.map((id) => id.replace(/pcx-.*/, 'pcx'))).toEqual(Array(2).fill(twice[0]?.replace(/pcx-.*/, 'pcx')));
  const kinds = count(bench.facts.resources, ({ kind }) => kind);
  expect(Object.keys(kinds).sort()).toEqual([
    'aws.acm.certificate',
    'aws.apigateway.api',
    'aws.apigateway.restapi',
    'aws.apigateway.stage',
    'aws.autoscaling.autoscalinggroup',
    'aws.autoscaling.launchconfiguration',
    'aws.cloudformation.stack',
    'aws.cloudfront.distribution',
    'aws.cloudtrail.trail',
    'aws.dynamodb.table',
    'aws.ec2.customer-gateway',
    'aws.ec2.egress-only-internet-gateway',
    'aws.ec2.elastic-ip',
    'aws.ec2.image',
    'aws.ec2.instance',
    'aws.ec2.internet-gateway',
    'aws.ec2.launch-template',
    'aws.ec2.natgateway',
    'aws.ec2.network-acl',
    'aws.ec2.network-interface',
    'aws.ec2.prefix-list',
    'aws.ec2.route-table',
    'aws.ec2.security-group',
    'aws.ec2.snapshot',
    'aws.ec2.subnet',
    'aws.ec2.transit-gateway',
    'aws.ec2.transit-gateway-attachment',
    'aws.ec2.transit-gateway-route-table',
    'aws.ec2.volume',
    'aws.ec2.vpc',
    'aws.ec2.vpc-endpoint',
    'aws.ec2.vpc-peering-connection',
    'aws.ec2.vpn-connection',
    'aws.ec2.vpn-gateway',
    'aws.ecs.cluster',
    'aws.ecs.service',
    'aws.ecs.task-definition',
    'aws.eks.cluster',
    'aws.eks.fargateprofile',
    'aws.eks.nodegroup',
    'aws.elasticache.cluster',
    'aws.elasticache.replicationgroup',
    'aws.elasticache.subnetgroup',
    'aws.elasticfilesystem.access-point',
    'aws.elasticfilesystem.file-system',
    'aws.elasticloadbalancing.classic-loadbalancer',
    'aws.elasticloadbalancing.listener',
    'aws.elasticloadbalancing.loadbalancer',
    'aws.elasticloadbalancing.targetgroup',
    'aws.es.domain',
    'aws.iam.group',
    'aws.iam.instance-profile',
    'aws.iam.oidc-provider',
    'aws.iam.policy',
    'aws.iam.role',
    'aws.iam.user',
    'aws.kms.key',
    'aws.lambda.event-source-mapping',
    'aws.lambda.function',
    'aws.lambda.layer',
    'aws.rds.cluster',
    'aws.rds.db',
    'aws.rds.subgrp',
    'aws.redshift.cluster',
    'aws.redshift.subnetgroup',
    'aws.route53.hostedzone',
    'aws.route53.recordset',
    'aws.s3.bucket',
    'aws.secretsmanager.secret',
    'aws.sns.topic',
    'aws.sqs.queue',
  ]);
  expect(Object.keys(count(bench.facts.relationships, ({ type }) => type)).sort()).toEqual([
    'ALLOWS',
    'ATTACHED_TO',
    'CAN_ACCESS',
    'CONTAINS',
    'DERIVED_FROM',
    'ENCRYPTED_BY',
    'HAS_ADDRESS',
    'IN_NETWORK',
    'MANAGED_BY',
    'PEERED_WITH',
    'PROTECTED_BY',
    'REFERENCES',
    'ROUTES_TO',
    'RUNS_AS',
    'TARGETS',
  ]);
});

test('finds the same pattern in both production regions, one subnet apart', async () => {
  const bench = memoryBench();
  await discover(bench, {
    accounts: [company.accounts.production.id],
    regions: [...company.regions],
    endpoint: moto.endpoint,
  });
  const stacks = company.stacks.filter(({ environment }) => environment === 'production');
  const [first, second] = stacks.map((stack) =>
    count(
      bench.facts.resources.filter(({ tags }) => tags['Stack'] === stack.name),
      ({ kind }) => kind,
    ),
  );
  expect(first).toEqual({ ...second, 'aws.ec2.subnet': 4 });
  expect(second?.['aws.ec2.subnet']).toBe(5);
});

test('lists a bucket only in the region it is in, and keeps no secret in a body', async () => {
  const bench = memoryBench();
  await discover(bench, { accounts: [company.accounts.staging.id], regions: ['eu-west-1'], endpoint: moto.endpoint });
  const buckets = bench.facts.resources.filter(({ kind }) => kind === 'aws.s3.bucket');
  expect(buckets.length).toBeGreaterThan(0);
  expect(buckets.every(({ region, name }) => region === 'eu-west-1' && name.includes('eu-west-1'))).toBe(true);
  const bodies = JSON.stringify(bench.facts.resources.map(({ raw }) => raw));
  expect(bodies).toContain('API_TOKEN');
  expect(bodies).not.toContain('not-for-anybody');
  expect(bodies).not.toContain('password');
});

test('without accounts maps the one that signed in, in every enabled region', async () => {
  const bench = memoryBench();
  const run = await discover(bench, { endpoint: moto.endpoint }, ['aws.ec2.vpc', 'aws.iam.role']);
  expect(run.status).toBe('complete');
  const regions = new Set(bench.facts.cells.map(({ region }) => region));
  expect(regions.size).toBeGreaterThan(15);
  expect([...new Set(bench.facts.cells.map(({ scope }) => scope))]).toEqual([
    `aws:account:${company.managementAccountId}`,
  ]);
});

test('a region that is not enabled is told as disabled, not as empty', async () => {
  const bench = memoryBench();
  const run = await discover(bench, { regions: ['us-east-1', 'me-south-1'], endpoint: moto.endpoint }, ['aws.ec2.vpc']);
  expect(run.status).toBe('complete');
  const statuses = new Set(
    bench.facts.cells.filter(({ region }) => region === 'me-south-1').map(({ status }) => status),
  );
  expect([...statuses]).toEqual(['disabled']);
});

test('refuses what cannot be a region before anything is asked', async () => {
  const bench = memoryBench();
  await expect(discover(bench, { regions: ['mars'], endpoint: moto.endpoint })).rejects.toMatchObject({
    code: 'bad-input',
    message: 'mars: not an AWS region.',
  });
  expect(await bench.facts.runs()).toEqual([]);
});

test('one run at a time: a second start says which one is under way', async () => {
  const { service } = memoryBench();
  const request = awsRequest({
    role: company.role,
    regions: ['us-east-1'],
    endpoint: moto.endpoint,
  });
  const { run } = await service.start(request, callFrom());
  await expect(service.start(request, callFrom())).rejects.toMatchObject({ code: 'conflict' });
  await untilDone(service, run);
  await expect(service.start(request, callFrom())).resolves.toEqual({ run: run + 1 });
  await service.close();
});
