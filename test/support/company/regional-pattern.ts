import { createBalancer, createQueue, createRole, createTopic } from './company-application.ts';
import type { CompanyClients } from './company-clients.ts';
import { createBucket, createDatabase, createKey, createTable } from './company-data.ts';
import { createNetwork, createSecurityGroup, fromAddresses, fromGroup } from './company-network.ts';
import type { Tags } from './company-tags.ts';
import type { CompanyRegion, CompanyStack } from './company-types.ts';

/** What differs from one instance of the pattern to the next, as it grew over the years. */
export interface RegionalDifferences {
  readonly environment: 'production' | 'staging';
  readonly region: CompanyRegion;
  /** First two octets of the network. */
  readonly prefix: string;
  /** Zones with a private subnet; the public ones are always two. */
  readonly privateZones: readonly string[];
  readonly databaseSize: string;
  readonly databaseStorage: number;
  readonly retentionDays: number;
  readonly multiZone: boolean;
  readonly visibility: number;
  readonly healthPath: string;
}

/** Production keeps the plain name; the other environments say which they are. */
function stackName(environment: 'production' | 'staging', region: string): string {
  return environment === 'production' ? `storefront-${region}` : `storefront-stg-${region}`;
}

/**
 * One instance of the company's regional pattern: a network, the shop's data in it, and the shop's application.
 * Only kinds that an import proof can show clean; every resource says by tags which boundary it belongs to.
 */
export async function createRegionalPattern(
  clients: CompanyClients,
  differences: RegionalDifferences,
): Promise<CompanyStack> {
  const { environment, region } = differences;
  const name = stackName(environment, region);
  const tagsOf = (boundary: string): Tags => ({
    Application: 'storefront',
    Environment: environment,
    Stack: name,
    Boundary: boundary,
  });
  const network = await createNetwork(clients, {
    name,
    cidr: `${differences.prefix}.0.0/16`,
    prefix: differences.prefix,
    publicZones: ['a', 'b'],
    privateZones: differences.privateZones,
    tags: tagsOf('networking'),
  });
  const groups = await createGroups(clients, { name, vpcId: network.vpcId, tags: tagsOf('networking') });

  const keyArn = await createKey(clients, `Data of ${name}`, { Name: `${name}-data`, ...tagsOf('data') });
  const databaseId = await createDatabase(clients, {
    name,
    subnetIds: network.privateSubnetIds,
    securityGroupId: groups.data,
    keyArn,
    size: differences.databaseSize,
    storage: differences.databaseStorage,
    retentionDays: differences.retentionDays,
    multiZone: differences.multiZone,
    tags: tagsOf('data'),
  });
  const tableArn = await createTable(clients, { name: `${name}-carts`, hashKey: 'cartId', tags: tagsOf('data') });
  const bucketName = `${name}-assets`;
  const bucketArn = await createBucket(clients, {
    name: bucketName,
    versioned: true,
    encrypted: true,
    closed: true,
    tags: tagsOf('data'),
  });

  const application = tagsOf('application');
  const deadLetters = await createQueue(clients, {
    name: `${name}-orders-failed`,
    visibility: 30,
    retention: 1_209_600,
    tags: application,
  });
  const queue = await createQueue(clients, {
    name: `${name}-orders`,
    visibility: differences.visibility,
    retention: 345_600,
    deadLetterArn: deadLetters.arn,
    tags: application,
  });
  const topicArn = await createTopic(clients, {
    name: `${name}-order-events`,
    displayName: 'Order events',
    queueArn: queue.arn,
    tags: application,
  });
  await createRole(clients, {
    name: `${name}-application`,
    description: `What the shop in ${region} runs as`,
    service: 'ecs-tasks.amazonaws.com',
    statements: [
      { Action: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'], Resource: [tableArn] },
      { Action: ['s3:GetObject', 's3:PutObject'], Resource: [`${bucketArn}/*`] },
      { Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage'], Resource: [queue.arn] },
      { Action: ['sns:Publish'], Resource: [topicArn] },
    ],
    tags: application,
  });
  const loadBalancerArn = await createBalancer(clients, {
    name,
    vpcId: network.vpcId,
    subnetIds: network.publicSubnetIds,
    securityGroupId: groups.balancer,
    internal: false,
    healthPath: differences.healthPath,
    tags: application,
  });
  return {
    name,
    accountId: clients.accountId,
    environment,
    region,
    vpcId: network.vpcId,
    vpcCidr: `${differences.prefix}.0.0/16`,
    publicSubnetIds: network.publicSubnetIds,
    privateSubnetIds: network.privateSubnetIds,
    securityGroupIds: groups,
    databaseId,
    bucketName,
    loadBalancerArn,
    queueUrl: queue.url,
  };
}

async function createGroups(
  clients: CompanyClients,
  options: { readonly name: string; readonly vpcId: string; readonly tags: Tags },
): Promise<CompanyStack['securityGroupIds']> {
  const { name, vpcId, tags } = options;
  const balancer = await createSecurityGroup(clients, {
    name: `${name}-balancer`,
    description: 'Visitors to the load balancer',
    vpcId,
    ingress: [fromAddresses(80, '0.0.0.0/0', 'web'), fromAddresses(443, '0.0.0.0/0', 'web over TLS')],
    tags,
  });
  const application = await createSecurityGroup(clients, {
    name: `${name}-application`,
    description: 'Load balancer to application',
    vpcId,
    ingress: [fromGroup(8080, balancer, 'load balancer')],
    tags,
  });
  const data = await createSecurityGroup(clients, {
    name: `${name}-data`,
    description: 'Application to database',
    vpcId,
    ingress: [fromGroup(5432, application, 'application')],
    tags,
  });
  return { balancer, application, data };
}
