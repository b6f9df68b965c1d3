import { AllocateAddressCommand } from '@aws-sdk/client-ec2';
import { createQueue, createRole, createTopic } from './company-application.ts';
import type { CompanyClients } from './company-clients.ts';
import { createBucket, createKey, createTable } from './company-data.ts';
import { createHttpApi, createRestApi } from './company-entrances.ts';
import { createOldShop, keepMachine } from './company-leftovers.ts';
import { createFunction, createMachine, createScalingGroup, createVolumes, wakeByQueue } from './company-machines.ts';
import { createSecurityGroup, fromAddresses } from './company-network.ts';
import { createSecret } from './company-records.ts';
import { createCaches, createDatabaseCluster } from './company-stores.ts';
import type { Tags } from './company-tags.ts';
import type { CompanyStack } from './company-types.ts';

/** Services the teams try out in staging before they get a place of their own. */
const trials = ['payments', 'search', 'reporting', 'loyalty'] as const;

/** What else runs in a region of the staging account: trials, load tests, and things somebody forgot. */
export async function createWorkbench(clients: CompanyClients, stack: CompanyStack): Promise<void> {
  for (const trial of trials) await createTrial(clients, trial);
  await createTrialStores(clients, stack);
  await createLoadTest(clients, stack);
  await createForgotten(clients, stack);
}

async function createTrial(clients: CompanyClients, trial: (typeof trials)[number]): Promise<void> {
  const { region } = clients;
  const name = `${trial}-stg-${region}`;
  const tags: Tags = { Application: trial, Environment: 'staging', Boundary: 'application' };
  const keyArn = await createKey(clients, `Data of ${name}`, { Name: `${name}-data`, ...tags });
  const tableArn = await createTable(clients, { name: `${name}-items`, hashKey: 'id', rangeKey: 'version', tags });
  await createBucket(clients, { name: `${name}-files`, versioned: false, encrypted: true, closed: true, tags });
  const queue = await createQueue(clients, { name: `${name}-jobs`, visibility: 60, retention: 345_600, tags });
  await createTopic(clients, { name: `${name}-events`, displayName: trial, queueArn: queue.arn, tags });
  const roleArn = await createRole(clients, {
    name,
    description: `What ${trial} runs as`,
    service: 'lambda.amazonaws.com',
    statements: [
      { Action: ['dynamodb:*'], Resource: [tableArn] },
      { Action: ['kms:Decrypt'], Resource: [keyArn] },
    ],
    tags,
  });
  const functionArn = await createFunction(clients, { name: `${name}-worker`, roleArn, memory: 512, tags });
  switch (trial) {
    case 'payments':
      await createSecret(clients, { name: `${name}/provider-token`, keyArn, tags });
      await createHttpApi(clients, { name, functionArn, tags });
      break;
    case 'loyalty':
      await createRestApi(clients, { name, functionArn, tags });
      break;
    default:
      await wakeByQueue(clients, functionArn, queue.arn);
  }
}

/** Stores that the trials share with the shop of staging. */
async function createTrialStores(clients: CompanyClients, stack: CompanyStack): Promise<void> {
  const { region } = clients;
  const place = { subnetIds: stack.privateSubnetIds, securityGroupId: stack.securityGroupIds.data };
  const tagsOf = (application: string): Tags => ({
    Application: application,
    Environment: 'staging',
    Boundary: 'data',
  });
  await createDatabaseCluster(clients, { ...place, name: `reporting-stg-${region}`, tags: tagsOf('reporting') });
  await createCaches(clients, { ...place, name: `search-stg-${region}`, tags: tagsOf('search') });
}

async function createLoadTest(clients: CompanyClients, stack: CompanyStack): Promise<void> {
  const { region } = clients;
  const tags: Tags = { Application: 'load-test', Environment: 'staging', Boundary: 'compute' };
  const securityGroupId = await createSecurityGroup(clients, {
    name: `load-test-${region}`,
    description: 'Load test machines',
    vpcId: stack.vpcId,
    ingress: [fromAddresses(8089, '198.51.100.0/24', 'office Hamburg')],
    tags,
  });
  await createScalingGroup(clients, {
    name: `load-test-${region}`,
    type: 'm5.large',
    subnetIds: stack.privateSubnetIds,
    securityGroupId,
    size: 2,
    tags,
  });
  for (const number of [1, 2]) {
    await createMachine(clients, {
      name: `load-test-${region}-driver-${number}`,
      type: 'c5.large',
      subnetId: stack.privateSubnetIds[0] ?? '',
      securityGroupId,
      publicAddress: false,
      tags,
    });
  }
}

async function createForgotten(clients: CompanyClients, stack: CompanyStack): Promise<void> {
  const { region } = clients;
  await createVolumes(clients, { sizes: [100, 500], tags: { Owner: 'unknown' } });
  await clients.ec2.send(new AllocateAddressCommand({ Domain: 'vpc' }));
  const debugging = await createSecurityGroup(clients, {
    name: 'temp-debug',
    description: 'temporary, delete after friday',
    vpcId: stack.vpcId,
    ingress: [fromAddresses(22, '0.0.0.0/0', 'debugging')],
    tags: {},
  });
  const instanceId = await createMachine(clients, {
    name: 'debug-box',
    type: 't3.micro',
    subnetId: stack.publicSubnetIds[0] ?? '',
    securityGroupId: debugging,
    publicAddress: true,
    tags: { Owner: 'unknown' },
  });
  await keepMachine(clients, { instanceId, name: `debug-box-${region}`, tags: {} });
  await createOldShop(clients, {
    subnetId: stack.publicSubnetIds[0] ?? '',
    securityGroupId: stack.securityGroupIds.balancer,
    tags: { Owner: 'm.olsen' },
  });
  await createQueue(clients, { name: `test-${region}-2`, visibility: 30, retention: 345_600, tags: {} });
  await createBucket(clients, {
    name: `harbour-tmp-export-${region}`,
    versioned: false,
    encrypted: false,
    closed: false,
    tags: {},
  });
}
