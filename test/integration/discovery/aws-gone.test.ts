import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ResourceFact } from '#shared/model/index.ts';
import { type CompanySummary, seedCompany } from '#test/support/company/index.ts';
import { type FaultProxy, startFaultProxy } from '#test/support/fault-proxy/index.ts';
import { type Moto, startMoto } from '#test/support/toolchain/index.ts';
import { discover, gaps, memoryBench } from './discovery-bench.ts';

// Services that are listed first and described one by one: what is deleted in between is no error, and no reason to
// leave out anything else.

let moto: Moto;
let proxy: FaultProxy;
let company: CompanySummary;

beforeAll(async () => {
  moto = await startMoto();
  company = await seedCompany({ endpoint: moto.endpoint });
  proxy = await startFaultProxy(moto.endpoint);
});

afterAll(async () => {
  await proxy.stop();
  await moto.stop();
});

beforeEach(() => proxy.setFaults([]));

type Account = keyof CompanySummary['accounts'];

/** What becomes of the one: left out, or there with less to tell. */
type Left = 'out' | 'there';

type Row = readonly [
  kind: string,
  action: string | RegExp,
  codes: string | readonly string[],
  left?: Left,
  account?: Account,
];

const table = 'aws.dynamodb.table';
const bucket = 'aws.s3.bucket';
const key = 'aws.kms.key';
const topic = 'aws.sns.topic';
const noEntity = ['NoSuchEntity', 'NoSuchEntityException'];
const noQueue = ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue'];
const noTable = ['ResourceNotFoundException', 'TableNotFoundException'];
const notFound = 'ResourceNotFoundException';
const noBalancer = ['LoadBalancerNotFound', 'LoadBalancerNotFoundException'];
const noCluster = 'ClusterNotFoundException';

const rows: readonly Row[] = [
  ...['location', 'tagging', 'versioning', 'encryption', 'publicAccessBlock'].map((part): Row => [
    bucket,
    new RegExp(`^GET /[^?]+\\?${part}`, 'u'),
    'NoSuchBucket',
  ]),
  ...['policy', 'lifecycle', 'logging', 'notification', 'replication'].map((part): Row => [
    bucket,
    new RegExp(`^GET /[^?]+\\?${part}`, 'u'),
    'NoSuchBucket',
  ]),
  ...['DescribeTable', 'DescribeContinuousBackups', 'DescribeTimeToLive', 'ListTagsOfResource'].map((action): Row => [
    table,
    action,
    noTable,
  ]),
  ['aws.sqs.queue', 'GetQueueAttributes', noQueue],
  ['aws.sqs.queue', 'ListQueueTags', noQueue],
  ...['GetTopicAttributes', 'ListTagsForResource', 'ListSubscriptionsByTopic'].map((action): Row => [
    topic,
    action,
    ['NotFound', 'NotFoundException'],
  ]),
  [topic, 'GetSubscriptionAttributes', 'NotFound', 'there'],
  ['aws.lambda.function', /^GET .*\/policy/u, notFound, 'there'],
  ['aws.lambda.function', /^GET .*\/tags\//u, notFound],
  ['aws.ecs.service', 'ListServices', noCluster],
  ['aws.ecs.service', 'DescribeServices', noCluster],
  ['aws.eks.cluster', /^GET \/clusters\/[^/]+$/u, notFound],
  ['aws.eks.nodegroup', /^GET \/clusters\/[^/]+\/node-groups\?/u, notFound],
  ['aws.eks.nodegroup', /^GET \/clusters\/[^/]+\/node-groups\/./u, notFound],
  ['aws.eks.fargateprofile', /^GET \/clusters\/[^/]+\/fargate-profiles\?/u, notFound],
  ['aws.eks.fargateprofile', /^GET \/clusters\/[^/]+\/fargate-profiles\/./u, notFound],
  ['aws.iam.policy', 'ListPolicyTags', noEntity],
  ['aws.iam.oidc-provider', 'GetOpenIDConnectProvider', noEntity],
  ...['DescribeKey', 'GetKeyRotationStatus', 'GetKeyPolicy', 'ListResourceTags'].map((action): Row => [
    key,
    action,
    'NotFoundException',
  ]),
  ['aws.acm.certificate', 'DescribeCertificate', notFound],
  ['aws.acm.certificate', 'ListTagsForCertificate', notFound],
  ['aws.route53.recordset', /\/rrset/u, 'NoSuchHostedZone'],
  ['aws.cloudfront.distribution', /\/config$/u, 'NoSuchDistribution'],
  ['aws.cloudfront.distribution', /\/tagging\?/u, 'NoSuchResource'],
  ['aws.elasticfilesystem.file-system', /\/policy$/u, 'FileSystemNotFound'],
  ['aws.elasticfilesystem.file-system', /\/mount-targets\?/u, 'FileSystemNotFound'],
  ['aws.elasticfilesystem.file-system', /\/mount-targets\/.*\/security-groups/u, 'MountTargetNotFound', 'there'],
  ['aws.es.domain', /\/tags/u, notFound],
  ['aws.ec2.vpc', 'DescribeVpcAttribute', 'InvalidVpcID.NotFound'],
  ['aws.ec2.launch-template', 'DescribeLaunchTemplateVersions', 'InvalidLaunchTemplateId.NotFound'],
  [
    'aws.ec2.prefix-list',
    'GetManagedPrefixListEntries',
    ['InvalidPrefixListID.NotFound', 'InvalidPrefixListId.NotFound'],
  ],
  [
    'aws.ec2.transit-gateway-route-table',
    'SearchTransitGatewayRoutes',
    ['InvalidRouteTableID.NotFound', 'InvalidTransitGatewayRouteTableId.NotFound'],
  ],
  ['aws.rds.subgrp', 'ListTagsForResource', 'DBSubnetGroupNotFoundFault', 'out', 'staging'],
  ['aws.elasticache.cluster', 'ListTagsForResource', 'CacheClusterNotFound', 'out', 'staging'],
  ['aws.elasticache.replicationgroup', 'ListTagsForResource', 'ReplicationGroupNotFoundFault', 'out', 'staging'],
  ['aws.elasticache.subnetgroup', 'ListTagsForResource', 'CacheSubnetGroupNotFoundFault', 'out', 'staging'],
  [
    'aws.elasticloadbalancing.classic-loadbalancer',
    'DescribeLoadBalancerAttributes',
    noBalancer[0] ?? '',
    'out',
    'staging',
  ],
  ['aws.elasticloadbalancing.classic-loadbalancer', 'DescribeTags', noBalancer[0] ?? '', 'out', 'staging'],
  ['aws.elasticloadbalancing.loadbalancer', 'DescribeLoadBalancerAttributes', noBalancer, 'out', 'production'],
  // Asked for many at once: then each is asked alone, and found.
  ['aws.elasticloadbalancing.loadbalancer', 'DescribeTags', noBalancer, 'there', 'production'],
  ['aws.elasticloadbalancing.listener', 'DescribeListeners', noBalancer, 'out', 'production'],
  [
    'aws.elasticloadbalancing.listener',
    'DescribeRules',
    ['ListenerNotFound', 'ListenerNotFoundException'],
    'out',
    'production',
  ],
  [
    'aws.elasticloadbalancing.targetgroup',
    'DescribeTargetGroupAttributes',
    ['TargetGroupNotFound'],
    'out',
    'production',
  ],
  ['aws.elasticloadbalancing.targetgroup', 'DescribeTargetHealth', ['TargetGroupNotFound'], 'out', 'production'],
  ['aws.apigateway.restapi', /^GET \/restapis\/[^/]+\/resources/u, 'NotFoundException', 'out', 'staging'],
  ['aws.apigateway.restapi', /^GET \/restapis\/[^/]+\/authorizers/u, 'NotFoundException', 'out', 'staging'],
  ['aws.apigateway.api', /^GET \/v2\/apis\/[^/]+\/integrations/u, 'NotFoundException', 'out', 'staging'],
  ['aws.apigateway.api', /^GET \/v2\/apis\/[^/]+\/routes/u, 'NotFoundException', 'out', 'staging'],
  ['aws.apigateway.stage', /^GET \/restapis\/[^/]+\/stages/u, 'NotFoundException', 'out', 'staging'],
  ['aws.apigateway.stage', /^GET \/v2\/apis\/[^/]+\/stages/u, 'NotFoundException', 'out', 'staging'],
];

async function map(kind: string, account: Account) {
  const bench = memoryBench();
  const { id } = company.accounts[account];
  await discover(
    bench,
    { accounts: [id], role: company.role, regions: [...company.regions], endpoint: proxy.endpoint },
    [kind],
  );
  return { found: new Map(bench.facts.resources.map((one) => [one.id, one])), gaps: gaps(bench.facts.cells) };
}

const whole = new Map<string, Promise<ReadonlyMap<string, ResourceFact>>>();

/** What there is when nothing is deleted. */
function everything(kind: string, account: Account): Promise<ReadonlyMap<string, ResourceFact>> {
  const name = `${kind} ${account}`;
  const known = whole.get(name) ?? map(kind, account).then(({ found }) => found);
  whole.set(name, known);
  return known;
}

const cases = rows.flatMap(([kind, action, codes, left = 'out', account = 'sharedServices']) =>
  [codes].flat().map((code) => ({ kind, action, code, left, account })),
);

test.each(cases)('$kind, $action: $code', async ({ kind, action, code, left, account }) => {
  const before = await everything(kind, account);
  const asked = proxy.requests.length;
  proxy.setFaults([{ action, times: 1, fault: { kind: 'gone', code } }]);
  const after = await map(kind, account);
  const hit = proxy.requests
    .slice(asked)
    .filter((one) => (typeof action === 'string' ? one.action === action : action.test(one.action)));
  expect(hit.length).toBeGreaterThan(0);
  expect(after.gaps).toEqual([]);
  const missing = [...before.keys()].filter((id) => !after.found.has(id));
  const tagsOfOthers = [...after.found.values()].filter(
    ({ id, tags }) => JSON.stringify(tags) !== JSON.stringify(before.get(id)?.tags),
  );
  expect(tagsOfOthers.map(({ id }) => id)).toEqual([]);
  // A zone takes what is in it along.
  const leftOut = kind === 'aws.route53.recordset' ? before.size : 1;
  expect(missing).toHaveLength(left === 'there' ? 0 : leftOut);
});
