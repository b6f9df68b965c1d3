import { createQueue, createRole, createTopic } from './company-application.ts';
import type { CompanyClients } from './company-clients.ts';
import { createConnectivity, type HubPlan } from './company-connectivity.ts';
import { createBucket, createKey, createTable } from './company-data.ts';
import { createProfile } from './company-identity.ts';
import { createFunction, createLayer, createMachine, createScalingGroup } from './company-machines.ts';
import { createNetwork, createSecurityGroup, fromAddresses, fromGroup, type Network } from './company-network.ts';
import { createContainers, createKubernetes } from './company-platform.ts';
import { createBaselineStack, createSecret, createTrail } from './company-records.ts';
import { createFiles, createSearch, createWarehouse } from './company-stores.ts';
import type { Tags } from './company-tags.ts';

/** One region of the shared services account: the hub, builds, containers, logs, alarms; answers the hub's network. */
export async function createSharedServices(clients: CompanyClients, prefix: string): Promise<string> {
  const { region } = clients;
  const name = `hub-${region}`;
  const tagsOf = (application: string, boundary: string): Tags => ({
    Application: application,
    Environment: 'shared',
    Boundary: boundary,
  });
  const network = await createNetwork(clients, {
    name,
    cidr: `${prefix}.0.0/16`,
    prefix,
    publicZones: ['a', 'b', 'c'],
    privateZones: ['a', 'b', 'c'],
    tags: tagsOf('hub', 'networking'),
  });
  const hub = { network, name, cidr: `${prefix}.0.0/16` };
  await createConnectivity(clients, { ...hub, tags: tagsOf('hub', 'networking') });
  await createBuildMachines(clients, { network, tags: tagsOf('builds', 'compute') });
  await createLogKeeping(clients, tagsOf('logs', 'data'));
  await createAlarms(clients, tagsOf('alarms', 'application'));
  await createDataPlatform(clients, tagsOf('data-platform', 'data'));
  await createPlatform(clients, { ...hub, tags: tagsOf('platform', 'compute') });
  await createStores(clients, { ...hub, tags: tagsOf('data-platform', 'data') });
  await createBaselineStack(clients, tagsOf('baseline', 'application'));
  return network.vpcId;
}

/** Where the teams' own tools run. */
async function createPlatform(clients: CompanyClients, { network, cidr, tags }: HubPlan): Promise<void> {
  const { region } = clients;
  const securityGroupId = await createSecurityGroup(clients, {
    name: `platform-${region}`,
    description: 'The network to the tools',
    vpcId: network.vpcId,
    ingress: [fromAddresses(443, cidr, 'the network')],
    tags,
  });
  const place = { subnetIds: network.privateSubnetIds, securityGroupId, tags };
  await createKubernetes(clients, { ...place, name: `tools-${region}` });
  await createContainers(clients, { ...place, name: `wiki-${region}` });
  await createSecret(clients, { name: `wiki-${region}/session-key`, tags });
}

/** What the data platform keeps beside its tables; the warehouse and the search are in one region only. */
async function createStores(clients: CompanyClients, { network, cidr, tags }: HubPlan): Promise<void> {
  const { region } = clients;
  const securityGroupId = await createSecurityGroup(clients, {
    name: `data-${region}`,
    description: 'The network to the data platform',
    vpcId: network.vpcId,
    ingress: [fromAddresses(5439, cidr, 'warehouse'), fromAddresses(2049, cidr, 'files')],
    tags,
  });
  const place = { subnetIds: network.privateSubnetIds, securityGroupId, tags };
  await createFiles(clients, { ...place, name: `notebooks-${region}` });
  if (region !== 'us-east-1') return;
  await createWarehouse(clients, { ...place, name: 'sales-figures' });
  await createSearch(clients, { ...place, name: 'product-search' });
}

async function createBuildMachines(
  clients: CompanyClients,
  options: { readonly network: Network; readonly tags: Tags },
): Promise<void> {
  const { network, tags } = options;
  const { region } = clients;
  const bastionGroup = await createSecurityGroup(clients, {
    name: `bastion-${region}`,
    description: 'Offices to bastion',
    vpcId: network.vpcId,
    ingress: [
      fromAddresses(22, '198.51.100.0/24', 'office Hamburg'),
      fromAddresses(22, '203.0.113.0/24', 'office Boston'),
    ],
    tags,
  });
  const buildGroup = await createSecurityGroup(clients, {
    name: `builds-${region}`,
    description: 'Bastion to build machines',
    vpcId: network.vpcId,
    ingress: [fromGroup(22, bastionGroup, 'bastion')],
    tags,
  });
  await createMachine(clients, {
    name: `bastion-${region}`,
    type: 't3.micro',
    subnetId: network.publicSubnetIds[0] ?? '',
    securityGroupId: bastionGroup,
    publicAddress: true,
    tags,
  });
  const role = `builds-${region}`;
  await createRole(clients, {
    name: role,
    description: 'Build machines',
    service: 'ec2.amazonaws.com',
    statements: [{ Action: ['s3:GetObject', 's3:PutObject'], Resource: [`arn:aws:s3:::harbour-builds-${region}/*`] }],
    tags,
  });
  const profile = await createProfile(clients, role, tags);
  await createScalingGroup(clients, {
    name: `builds-${region}`,
    type: 'c5.xlarge',
    subnetIds: network.privateSubnetIds,
    securityGroupId: buildGroup,
    size: 3,
    profile,
    tags,
  });
  await createBucket(clients, {
    name: `harbour-builds-${region}`,
    versioned: true,
    encrypted: true,
    closed: true,
    tags,
  });
  await createTable(clients, { name: `builds-${region}-locks`, hashKey: 'LockID', tags });
}

async function createLogKeeping(clients: CompanyClients, tags: Tags): Promise<void> {
  const { region } = clients;
  for (const purpose of ['access-logs', 'audit-logs', 'backups']) {
    await createBucket(clients, {
      name: `harbour-${purpose}-${region}`,
      versioned: purpose !== 'access-logs',
      encrypted: true,
      closed: true,
      tags,
    });
  }
  await createTrail(clients, { name: `audit-${region}`, bucketName: `harbour-audit-logs-${region}`, tags });
  await createKey(clients, `Logs in ${region}`, { Name: `logs-${region}`, ...tags });
  await createKey(clients, `Backups in ${region}`, { Name: `backups-${region}`, ...tags });
  const roleArn = await createRole(clients, {
    name: `logs-${region}`,
    description: 'Functions that sort logs',
    service: 'lambda.amazonaws.com',
    statements: [
      { Action: ['s3:GetObject', 's3:PutObject'], Resource: [`arn:aws:s3:::harbour-access-logs-${region}/*`] },
    ],
    tags,
  });
  for (const task of ['sort', 'compress', 'expire']) {
    await createFunction(clients, { name: `logs-${region}-${task}`, roleArn, memory: 256, tags });
  }
}

async function createAlarms(clients: CompanyClients, tags: Tags): Promise<void> {
  const { region } = clients;
  for (const team of ['platform', 'shop']) {
    const queue = await createQueue(clients, {
      name: `alarms-${region}-${team}`,
      visibility: 30,
      retention: 86_400,
      tags,
    });
    await createTopic(clients, {
      name: `alarms-${region}-${team}`,
      displayName: `Alarms ${team}`,
      queueArn: queue.arn,
      tags,
    });
  }
}

/** Where the reports come from: every step of the way from a raw file to a figure. */
async function createDataPlatform(clients: CompanyClients, tags: Tags): Promise<void> {
  const { region } = clients;
  const keyArn = await createKey(clients, `Data platform in ${region}`, { Name: `data-platform-${region}`, ...tags });
  const stages = ['raw', 'clean', 'reports'];
  for (const stage of stages) {
    await createBucket(clients, {
      name: `harbour-data-${stage}-${region}`,
      versioned: stage !== 'raw',
      encrypted: true,
      closed: true,
      tags,
    });
    await createQueue(clients, { name: `data-${stage}-${region}`, visibility: 300, retention: 604_800, tags });
  }
  const roleArn = await createRole(clients, {
    name: `data-platform-${region}`,
    description: 'Steps of the data platform',
    service: 'lambda.amazonaws.com',
    statements: [
      { Action: ['s3:*'], Resource: stages.map((stage) => `arn:aws:s3:::harbour-data-${stage}-${region}/*`) },
      { Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: [keyArn] },
    ],
    tags,
  });
  const layerArn = await createLayer(clients, `data-${region}-tools`);
  for (const step of ['load', 'clean', 'join', 'publish']) {
    await createFunction(clients, { name: `data-${region}-${step}`, roleArn, memory: 1024, layerArn, tags });
  }
  for (const table of ['jobs', 'schemas', 'lineage']) {
    await createTable(clients, { name: `data-${region}-${table}`, hashKey: 'id', tags });
  }
}
