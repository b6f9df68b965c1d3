import { describe, expect, test } from 'vitest';
import type { RelationshipFact, ResourceFact } from '#shared/model/index.ts';
import { companyAssets } from '#test/support/gcp/index.ts';
import { GcpConverter } from './converter.ts';

/** Converts the company's assets as a listing would: taught first, then one by one, then joined. */
function convertCompany() {
  const converter = new GcpConverter();
  for (const asset of companyAssets()) converter.learn(asset);
  const facts = [...companyAssets().flatMap((asset) => converter.convert(asset)), ...converter.join()];
  return {
    facts,
    scopes: converter.scopes(),
    resources: new Map(facts.flatMap(({ resources }) => resources).map((resource) => [resource.id, resource])),
    relationships: facts.flatMap(({ relationships }) => relationships),
  };
}

const company = convertCompany();

const production = '//compute.googleapis.com/projects/acme-shop-production';
const network = '//compute.googleapis.com/projects/acme-network';
const ring = '//cloudkms.googleapis.com/projects/acme-data/locations/europe-west1/keyRings/company';

function resource(id: string): ResourceFact {
  const found = company.resources.get(id);
  if (found === undefined) throw new Error(`${id} was not converted`);
  return found;
}

/** Relationships of a resource, each as `TYPE other`, in either direction. */
function from(id: string, type?: RelationshipFact['type']): string[] {
  return company.relationships
    .filter((edge) => edge.from === id && (type === undefined || edge.type === type))
    .map((edge) => `${edge.type} ${edge.to}`)
    .sort();
}

function to(id: string, type?: RelationshipFact['type']): string[] {
  return company.relationships
    .filter((edge) => edge.to === id && (type === undefined || edge.type === type))
    .map((edge) => `${edge.type} ${edge.from}`)
    .sort();
}

test('every asset becomes a resource, and nothing of it is of an unknown form', () => {
  expect(company.facts.flatMap(({ problems }) => problems)).toEqual([]);
  const policies = companyAssets().filter(({ iamPolicy }) => iamPolicy !== undefined);
  expect(company.resources.size).toBe(companyAssets().length + policies.length);
});

test('no secret is left in any body', () => {
  const text = JSON.stringify([...company.resources.values()]);
  expect(text).not.toContain('never-show-me');
  expect(text).toContain('DATABASE_PASSWORD');
});

describe('who is who', () => {
  test('projects go by id, whatever the names say', () => {
    const secret = '//secretmanager.googleapis.com/projects/acme-shop-production/secrets/payment-key';
    expect(resource(secret)).toMatchObject({
      kind: 'gcp.secretmanager.secret',
      category: 'secret',
      scopeId: 'gcp:project:acme-shop-production',
      nativeId: 'projects/acme-shop-production/secrets/payment-key',
    });
    expect(resource('//cloudresourcemanager.googleapis.com/projects/acme-data')).toMatchObject({
      kind: 'gcp.cloudresourcemanager.project',
      name: 'Data',
      scopeId: 'gcp:project:acme-data',
    });
  });

  test('the tree of scopes has the names people gave', () => {
    expect(company.scopes).toEqual(
      expect.arrayContaining([
        {
          id: 'gcp:organization:6001',
          cloud: 'gcp',
          kind: 'organization',
          name: 'acme.example',
          nativeId: '6001',
          parentId: null,
        },
        expect.objectContaining({ id: 'gcp:folder:502', name: 'Shop', parentId: 'gcp:organization:6001' }),
        expect.objectContaining({
          id: 'gcp:project:acme-shop-production',
          name: 'Shop production',
          parentId: 'gcp:folder:502',
        }),
        expect.objectContaining({ id: 'gcp:project:acme-data', parentId: 'gcp:organization:6001' }),
      ]),
    );
    expect(company.scopes).toHaveLength(7);
  });

  test('service accounts go by address, in their own name and wherever they are used', () => {
    const account =
      '//iam.googleapis.com/projects/acme-shop-production/serviceAccounts/web@acme-shop-production.iam.gserviceaccount.com';
    expect(resource(account)).toMatchObject({ kind: 'gcp.iam.serviceaccount', category: 'role' });
    expect(from(account, 'CONTAINS')).toEqual([`CONTAINS ${account}/keys/k1`]);
    expect(to(account, 'RUNS_AS')).toEqual([
      `RUNS_AS ${production}/global/instanceTemplates/web-v3`,
      `RUNS_AS ${production}/zones/europe-west1-b/instances/web-a`,
      `RUNS_AS ${production}/zones/europe-west1-b/instances/web-b`,
    ]);
    expect(from(account, 'CAN_ACCESS')).toEqual([
      'CAN_ACCESS //bigquery.googleapis.com/projects/acme-data/datasets/sales',
      'CAN_ACCESS //secretmanager.googleapis.com/projects/acme-shop-production/secrets/payment-key',
    ]);
  });

  test('a converter that was taught nothing keeps what is written', () => {
    const converter = new GcpConverter();
    const asset = companyAssets().find(({ assetType }) => assetType === 'secretmanager.googleapis.com/Secret');
    const [facts] = converter.convert(asset);
    expect(facts?.resources[0]?.id).toBe('//secretmanager.googleapis.com/projects/222000222/secrets/payment-key');
    expect(facts?.scopeId).toBe('gcp:project:222000222');
  });
});

describe('networks', () => {
  test('a network contains its subnetworks and is peered', () => {
    const id = `${network}/global/networks/shared`;
    expect(from(id)).toEqual([
      `CONTAINS ${network}/regions/europe-west1/subnetworks/database`,
      `CONTAINS ${network}/regions/europe-west1/subnetworks/web`,
      'PEERED_WITH //compute.googleapis.com/projects/acme-data/global/networks/lake',
      `PROTECTED_BY ${network}/global/firewalls/deny-telnet`,
    ]);
    expect(resource(`${network}/regions/europe-west1/subnetworks/web`)).toMatchObject({
      kind: 'gcp.compute.subnetwork',
      category: 'subnetwork',
      region: 'europe-west1',
      zone: null,
      cidr: '10.1.0.0/20',
    });
  });

  test('routes lead to the internet, a tunnel and out through a router', () => {
    expect(from(`${network}/global/routes/default`, 'ROUTES_TO')).toEqual(['ROUTES_TO internet']);
    expect(from(`${network}/global/routes/office`, 'ROUTES_TO')).toEqual([
      `ROUTES_TO ${network}/regions/europe-west1/vpnTunnels/office`,
    ]);
    const router = `${network}/regions/europe-west1/routers/egress`;
    expect(from(router)).toEqual([
      `ATTACHED_TO ${network}/global/networks/shared`,
      `HAS_ADDRESS ${network}/regions/europe-west1/addresses/nat-1`,
      'ROUTES_TO internet',
    ]);
    expect(to(router, 'ROUTES_TO')).toEqual([`ROUTES_TO ${network}/regions/europe-west1/subnetworks/database`]);
  });

  test('a tunnel joins a gateway of ours with one of others', () => {
    expect(from(`${network}/regions/europe-west1/vpnTunnels/office`)).toEqual([
      `ATTACHED_TO ${network}/regions/europe-west1/routers/egress`,
      `ATTACHED_TO ${network}/regions/europe-west1/vpnGateways/office`,
      `PEERED_WITH ${network}/global/externalVpnGateways/office-router`,
      'PEERED_WITH ip:198.51.100.7',
    ]);
  });
});

describe('firewall rules', () => {
  const machine = (name: string): string => `${production}/zones/europe-west1-b/instances/${name}`;

  test('let in whom they say, by protocol and ports', () => {
    const rule = `${network}/global/firewalls/allow-web`;
    expect(resource(rule)).toMatchObject({ category: 'firewall', public: true, state: 'ENABLED' });
    const grants = company.relationships.filter((edge) => edge.to === rule && edge.type === 'ALLOWS');
    expect(grants.map((edge) => edge.from)).toEqual(['cidr:0.0.0.0/0', 'cidr:0.0.0.0/0', 'cidr:0.0.0.0/0']);
    expect(grants.map(({ properties }) => properties)).toEqual([
      { direction: 'ingress', priority: 1000, description: null, protocol: 'tcp', fromPort: 80, toPort: 80 },
      { direction: 'ingress', priority: 1000, description: null, protocol: 'tcp', fromPort: 443, toPort: 443 },
      { direction: 'ingress', priority: 1000, description: null, protocol: 'icmp', fromPort: null, toPort: null },
    ]);
  });

  test('protect the machines that carry their tag, in every project of the network', () => {
    const protectedBy = to(`${network}/global/firewalls/allow-web`, 'PROTECTED_BY');
    expect(protectedBy).toEqual([
      `PROTECTED_BY ${production}/zones/europe-west1-b/instances/web-a`,
      `PROTECTED_BY ${production}/zones/europe-west1-b/instances/web-b`,
      'PROTECTED_BY //compute.googleapis.com/projects/acme-shop-staging/zones/europe-west1-b/instances/web-a',
      'PROTECTED_BY //compute.googleapis.com/projects/acme-shop-staging/zones/europe-west1-b/instances/web-b',
    ]);
  });

  test('join tags with service accounts: the web machines may reach the database', () => {
    const rule = `${network}/global/firewalls/web-to-database`;
    expect(to(rule, 'PROTECTED_BY')).toEqual([`PROTECTED_BY ${machine('database')}`]);
    expect(to(rule, 'ALLOWS')).toContain(`ALLOWS ${machine('web-a')}`);
    expect(resource(rule).public).toBe(false);
  });

  test('without targets are for the whole network; disabled ones let nobody in', () => {
    const denied = `${network}/global/firewalls/deny-telnet`;
    expect(to(denied)).toEqual([`PROTECTED_BY ${network}/global/networks/shared`]);
    expect(from(denied, 'ALLOWS')).toEqual([]);
    const old = `${network}/global/firewalls/old`;
    expect(resource(old)).toMatchObject({ state: 'DISABLED', public: false });
    expect(to(old)).toEqual([]);
  });

  test('policies protect what they are attached to', () => {
    const policy = '//compute.googleapis.com/locations/global/firewallPolicies/990001';
    expect(resource(policy)).toMatchObject({ name: 'company', scopeId: 'gcp:organization:6001' });
    expect(to(policy)).toEqual([
      'ALLOWS cidr:198.51.100.0/24',
      'PROTECTED_BY //cloudresourcemanager.googleapis.com/organizations/6001',
    ]);
  });
});

test('a load balancer leads from its address to machines, services and buckets', () => {
  const chain = (id: string): string[] => from(id, 'TARGETS').map((edge) => edge.replace('TARGETS ', ''));
  const front = `${production}/global/forwardingRules/shop-https`;
  expect(resource(front)).toMatchObject({ category: 'balancer', public: true, ip: '203.0.113.80' });
  const [proxy = ''] = chain(front);
  expect(proxy).toBe(`${production}/global/targetHttpsProxies/shop`);
  const [map = ''] = chain(proxy);
  expect(chain(map)).toEqual([
    `${production}/global/backendBuckets/static`,
    `${production}/global/backendServices/api`,
    `${production}/global/backendServices/web`,
  ]);
  expect(chain(`${production}/global/backendBuckets/static`)).toEqual(['//storage.googleapis.com/acme-shop-static']);
  const [group = ''] = chain(`${production}/global/backendServices/web`);
  expect(chain(group)).toEqual([
    `${production}/zones/europe-west1-b/instances/web-a`,
    `${production}/zones/europe-west1-b/instances/web-b`,
  ]);
  const [endpoints = ''] = chain(`${production}/global/backendServices/api`);
  expect(chain(endpoints)).toEqual([
    '//run.googleapis.com/projects/acme-shop-production/locations/europe-west1/services/api',
  ]);
  expect(from(`${production}/global/backendServices/web`, 'PROTECTED_BY')).toEqual([
    `PROTECTED_BY ${production}/global/securityPolicies/armor`,
  ]);
});

test('a machine knows its network, disk, key, account and manager', () => {
  const id = `${production}/zones/europe-west1-b/instances/web-a`;
  expect(resource(id)).toMatchObject({
    kind: 'gcp.compute.instance',
    category: 'machine',
    region: 'europe-west1',
    zone: 'europe-west1-b',
    state: 'RUNNING',
    public: false,
    ip: '10.1.0.10',
    tags: { app: 'shop', tier: 'web' },
    createdAt: Date.parse('2026-05-04T03:02:01.000-07:00'),
  });
  expect(from(id, 'IN_NETWORK')).toEqual([
    `IN_NETWORK ${network}/global/networks/shared`,
    `IN_NETWORK ${network}/regions/europe-west1/subnetworks/web`,
  ]);
  expect(from(id, 'MANAGED_BY')).toEqual([`MANAGED_BY ${production}/zones/europe-west1-b/instanceGroupManagers/web`]);
  const disk = `${production}/zones/europe-west1-b/disks/web-a`;
  expect(from(disk)).toEqual([
    `ATTACHED_TO ${id}`,
    'DERIVED_FROM //compute.googleapis.com/projects/debian-cloud/global/images/debian-12-bookworm-v20260415',
    `ENCRYPTED_BY ${ring}/cryptoKeys/disks`,
  ]);
  expect(resource(`${production}/zones/europe-west1-b/instances/database`)).toMatchObject({
    public: true,
    ip: '203.0.113.50',
  });
});

describe('clusters and serverless workloads', () => {
  test('a zonal cluster has one name, whoever writes it', () => {
    const cluster = '//container.googleapis.com/projects/acme-shop-production/locations/europe-west1-b/clusters/jobs';
    expect(resource(cluster)).toMatchObject({ category: 'cluster', tags: { team: 'shop' }, public: true });
    expect(from(cluster)).toEqual([
      `CONTAINS ${cluster}/nodePools/default`,
      `ENCRYPTED_BY ${ring}/cryptoKeys/disks`,
      'HAS_ADDRESS ip:203.0.113.60',
      `IN_NETWORK ${network}/global/networks/shared`,
      `IN_NETWORK ${network}/regions/europe-west1/subnetworks/web`,
      'RUNS_AS //iam.googleapis.com/projects/acme-shop-production/serviceAccounts/222000222-compute@developer.gserviceaccount.com',
    ]);
    expect(from(`${cluster}/nodePools/default`)).toEqual([
      `CONTAINS ${production}/zones/europe-west1-b/instanceGroupManagers/gke-jobs-default`,
      'RUNS_AS //iam.googleapis.com/projects/acme-shop-production/serviceAccounts/nodes@acme-shop-production.iam.gserviceaccount.com',
    ]);
  });

  test('a service runs as an account, from a repository, in a network', () => {
    const id = '//run.googleapis.com/projects/acme-shop-production/locations/europe-west1/services/api';
    expect(from(id)).toEqual([
      'DERIVED_FROM //artifactregistry.googleapis.com/projects/acme-shop-production/locations/europe-west1/repositories/shop',
      'IN_NETWORK //vpcaccess.googleapis.com/projects/acme-network/locations/europe-west1/connectors/serverless',
      'RUNS_AS //iam.googleapis.com/projects/acme-shop-production/serviceAccounts/api@acme-shop-production.iam.gserviceaccount.com',
    ]);
    expect(resource(id).public).toBe(false);
  });

  test('a function is called by its topic', () => {
    const id = '//cloudfunctions.googleapis.com/projects/acme-shop-production/locations/europe-west1/functions/resize';
    expect(to(id, 'TARGETS')).toEqual(['TARGETS //pubsub.googleapis.com/projects/acme-shop-production/topics/uploads']);
  });
});

describe('data', () => {
  test('a SQL instance and its replica', () => {
    const orders = '//cloudsql.googleapis.com/projects/acme-shop-production/instances/orders';
    expect(resource(orders)).toMatchObject({
      kind: 'gcp.sqladmin.instance',
      category: 'database',
      state: 'RUNNABLE',
      public: true,
      tags: { app: 'shop' },
    });
    expect(from(orders)).toEqual([
      `ENCRYPTED_BY ${ring}/cryptoKeys/disks`,
      'HAS_ADDRESS ip:203.0.113.70',
      `IN_NETWORK ${network}/global/networks/shared`,
      'RUNS_AS //iam.googleapis.com/projects/gcp-sa-cloud-sql/serviceAccounts/p222-abc@gcp-sa-cloud-sql.iam.gserviceaccount.com',
    ]);
    expect(to(orders)).toEqual(['ALLOWS cidr:198.51.100.0/24', `DERIVED_FROM ${orders}-replica`]);
  });

  test('datasets, tables, databases and clusters hang together', () => {
    const dataset = '//bigquery.googleapis.com/projects/acme-data/datasets/sales';
    expect(resource(dataset)).toMatchObject({ region: 'eu', createdAt: 1717000000000 });
    expect(from(dataset)).toEqual([`CONTAINS ${dataset}/tables/orders`, `ENCRYPTED_BY ${ring}/cryptoKeys/lake`]);
    const stock = '//spanner.googleapis.com/projects/acme-data/instances/stock';
    expect(from(stock)).toEqual([`CONTAINS ${stock}/databases/stock`]);
    const events = '//bigtable.googleapis.com/projects/acme-data/instances/events';
    expect(from(events)).toEqual([`CONTAINS ${events}/clusters/events-b`]);
    expect(resource(`${events}/clusters/events-b`)).toMatchObject({ region: 'europe-west1', zone: 'europe-west1-b' });
  });

  test('a key is used by what it encrypts', () => {
    expect(to(`${ring}/cryptoKeys/lake`)).toEqual([
      `CONTAINS ${ring}`,
      'ENCRYPTED_BY //bigquery.googleapis.com/projects/acme-data/datasets/sales',
      'ENCRYPTED_BY //pubsub.googleapis.com/projects/acme-shop-production/topics/uploads',
      'ENCRYPTED_BY //secretmanager.googleapis.com/projects/acme-shop-production/secrets/payment-key',
      'ENCRYPTED_BY //spanner.googleapis.com/projects/acme-data/instances/stock/databases/stock',
      'ENCRYPTED_BY //storage.googleapis.com/acme-lake',
    ]);
  });

  test('messages flow from topic to subscription to table', () => {
    const subscription = '//pubsub.googleapis.com/projects/acme-shop-production/subscriptions/uploads-to-lake';
    expect(to(subscription)).toEqual(['TARGETS //pubsub.googleapis.com/projects/acme-shop-production/topics/uploads']);
    expect(from(subscription)).toContain(
      'TARGETS //bigquery.googleapis.com/projects/acme-data/datasets/sales/tables/orders',
    );
  });

  test('a name leads to an address', () => {
    const zone = '//dns.googleapis.com/projects/acme-network/managedZones/7000000001';
    expect(resource(zone)).toMatchObject({ name: 'acme.example.', category: 'dns', public: true });
    const records = `${zone}/rrsets/shop.acme.example./A`;
    expect(from(records)).toEqual(['TARGETS ip:203.0.113.80']);
    expect(to(records)).toEqual([`CONTAINS ${zone}`]);
  });
});

test('a policy is a resource of its own, open when everybody is in it', () => {
  const bucket = '//storage.googleapis.com/acme-shop-static';
  expect(resource(`${bucket}#iam-policy`)).toMatchObject({
    kind: 'gcp.iam.policy',
    category: 'policy',
    public: true,
    scopeId: 'gcp:project:acme-shop-production',
  });
  expect(from(`${bucket}#iam-policy`)).toEqual([`ATTACHED_TO ${bucket}`]);
  expect(to(bucket, 'CAN_ACCESS')).toEqual(['CAN_ACCESS gcp:principal:allUsers']);
  const grant = company.relationships.find((edge) => edge.to === bucket && edge.type === 'CAN_ACCESS');
  expect(grant?.properties).toEqual({ role: 'roles/storage.objectViewer', condition: null });
});

test('what is on nobody’s list is still a resource with its body', () => {
  const id = '//serviceusage.googleapis.com/projects/acme-shop-production/services/compute.googleapis.com';
  expect(resource(id)).toMatchObject({ kind: 'gcp.serviceusage.service', category: 'other', state: 'ENABLED' });
  expect(resource(id).raw).toMatchObject({ state: 'ENABLED' });
});
