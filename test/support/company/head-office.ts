import { DescribeLoadBalancersCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { type CompanyClients, required } from './company-clients.ts';
import { createForeignNetwork, createOfficeLine, peer } from './company-connectivity.ts';
import { createCertificate, createDistribution, createZone } from './company-entrances.ts';
import { createIdentities } from './company-identity.ts';
import type { Tags } from './company-tags.ts';
import type { CompanyRegion, CompanyStack, CompanySummary } from './company-types.ts';

/** An account of a supplier: its network is peered with, and nobody maps it. */
const supplierAccount = '444455556666';
const domain = 'harbour-goods.example';

export interface HeadOfficeOptions {
  readonly open: (accountId: string, region: string) => Promise<CompanyClients>;
  readonly accounts: CompanySummary['accounts'];
  readonly stacks: readonly CompanyStack[];
  /** The hub network of each region. */
  readonly hubs: ReadonlyMap<CompanyRegion, string>;
}

/** What the shared services hold once: people, names, the way in for visitors, and lines between networks. */
export async function createHeadOffice(options: HeadOfficeOptions): Promise<void> {
  const { open, accounts, stacks } = options;
  const shared = await open(accounts.sharedServices.id, 'us-east-1');
  await createIdentities(shared, tagsOf('access', 'application'));
  await createLines(shared, options);
  const live = stacks.filter(({ environment }) => environment === 'production');
  const records = [];
  for (const stack of live) {
    const clients = await open(stack.accountId, stack.region);
    const host = `shop-${stack.region}.${domain}`;
    await createCertificate(await open(accounts.sharedServices.id, stack.region), host, tagsOf('names', 'networking'));
    const distributionHost = await createDistribution(shared, {
      name: host,
      balancerHost: await balancerHostOf(clients, stack),
      bucketName: stack.bucketName,
      region: stack.region,
    });
    records.push({ Name: host, Type: 'CNAME' as const, TTL: 300, ResourceRecords: [{ Value: distributionHost }] });
  }
  await createZone(shared, domain, [
    ...records,
    // The mail provider stands outside of every cloud that is mapped.
    { Name: domain, Type: 'MX', TTL: 3600, ResourceRecords: [{ Value: '10 mx.mail.example' }] },
  ]);
}

async function createLines(shared: CompanyClients, { open, accounts, stacks, hubs }: HeadOfficeOptions): Promise<void> {
  const tags = tagsOf('hub', 'networking');
  const near = required(hubs.get('us-east-1'), 'hub in us-east-1');
  const far = required(hubs.get('eu-west-1'), 'hub in eu-west-1');
  const atHub = { clients: shared, vpcId: near };
  await createOfficeLine(shared, { vpcId: near, office: 'office-hamburg', address: '198.51.100.7', tags });
  const atFarHub = { clients: await open(accounts.sharedServices.id, 'eu-west-1'), vpcId: far };
  await peer(atHub, atFarHub, { name: 'hub-us-east-1-to-eu-west-1', tags });
  const trial = stacks.find(({ environment, region }) => environment === 'staging' && region === 'us-east-1');
  const atTrial = {
    clients: await open(accounts.staging.id, 'us-east-1'),
    vpcId: required(trial?.vpcId, 'network of staging'),
  };
  await peer(atHub, atTrial, { name: 'hub-to-staging', tags });
  const supplier = await open(supplierAccount, 'us-east-1');
  const atSupplier = { clients: supplier, vpcId: await createForeignNetwork(supplier, '172.20.0.0/16') };
  await peer(atHub, atSupplier, { name: 'hub-to-supplier', tags });
}

async function balancerHostOf({ balancing }: CompanyClients, stack: CompanyStack): Promise<string> {
  const { LoadBalancers: found } = await balancing.send(
    new DescribeLoadBalancersCommand({ LoadBalancerArns: [stack.loadBalancerArn] }),
  );
  return required(found?.[0]?.DNSName, 'host of the balancer');
}

function tagsOf(application: string, boundary: string): Tags {
  return { Application: application, Environment: 'shared', Boundary: boundary };
}
