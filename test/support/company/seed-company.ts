import { CreateAccountAliasCommand } from '@aws-sdk/client-iam';
import { DeleteBucketEncryptionCommand } from '@aws-sdk/client-s3';
import { AuthorizeSecurityGroupIngressCommand, CreateVolumeCommand } from '@aws-sdk/client-ec2';
import { createBucket } from './company-data.ts';
import { createQueue, createRole } from './company-application.ts';
import { assumeRole, type CompanyClients, managementCredentials, openClients } from './company-clients.ts';
import { createSecurityGroup, fromAddresses } from './company-network.ts';
import { createOrganization } from './company-organization.ts';
import {
  companyRegions,
  companyRole,
  type CompanyRegion,
  type CompanyStack,
  type CompanySummary,
  type SeedOptions,
} from './company-types.ts';
import { removeDefaultNetwork } from './default-network.ts';
import { createHeadOffice } from './head-office.ts';
import { createRegionalPattern } from './regional-pattern.ts';
import { createSharedServices } from './shared-services.ts';
import { createWorkbench } from './workbench.ts';

const production = {
  'us-east-1': {
    prefix: '10.10',
    privateZones: ['a', 'b'],
    databaseSize: 'db.m5.large',
    databaseStorage: 100,
    retentionDays: 14,
    multiZone: true,
    visibility: 60,
    healthPath: '/health',
  },
  'eu-west-1': {
    prefix: '10.20',
    privateZones: ['a', 'b', 'c'],
    databaseSize: 'db.t3.medium',
    databaseStorage: 50,
    retentionDays: 7,
    multiZone: false,
    visibility: 45,
    healthPath: '/healthz',
  },
} as const;

const staging = {
  'us-east-1': { ...production['us-east-1'], prefix: '10.110', databaseSize: 'db.t3.small', multiZone: false },
  'eu-west-1': { ...production['eu-west-1'], prefix: '10.120', databaseSize: 'db.t3.micro', databaseStorage: 20 },
} as const;

const hubPrefixes: Record<CompanyRegion, string> = { 'us-east-1': '10.0', 'eu-west-1': '10.1' };

/**
 * Fills an empty moto server with a company of three accounts in two regions: the same regional pattern in
 * production and staging, shared services with nearly every kind of resource that the map knows, unmanaged leftovers
 * and some drift, about 500 resources. Takes some fifteen seconds. Throws when the server cannot be reached or already holds an organisation.
 */
export async function seedCompany(options: SeedOptions): Promise<CompanySummary> {
  const { endpoint, parts = 'everything' } = options;
  const everything = parts === 'everything';
  const management = openClients({
    endpoint,
    accountId: 'management',
    region: 'us-east-1',
    credentials: managementCredentials,
  });
  const opened: CompanyClients[] = [management];
  try {
    const organization = await createOrganization(management);
    const { accounts } = organization;
    const open = async (accountId: string, region: string): Promise<CompanyClients> => {
      options.signal?.throwIfAborted();
      const own = accountId === organization.managementAccountId;
      const credentials = own
        ? managementCredentials
        : await assumeRole(endpoint, `arn:aws:iam::${accountId}:role/${companyRole}`);
      const clients = openClients({ endpoint, accountId, region, credentials });
      opened.push(clients);
      return clients;
    };

    const stacks: CompanyStack[] = [];
    const hubs = new Map<CompanyRegion, string>();
    for (const region of companyRegions) {
      await removeDefaultNetwork(await open(organization.managementAccountId, region));

      const shared = await open(accounts.sharedServices.id, region);
      await removeDefaultNetwork(shared);
      if (everything) hubs.set(region, await createSharedServices(shared, hubPrefixes[region]));

      const live = await open(accounts.production.id, region);
      await removeDefaultNetwork(live);
      const liveStack = await createRegionalPattern(live, {
        environment: 'production',
        region,
        ...production[region],
      });
      stacks.push(liveStack);
      if (everything) await leaveBehind(live, liveStack);

      // Staging keeps the networks the cloud makes by itself: nobody cleaned up there.
      const trial = await open(accounts.staging.id, region);
      const trialStack = await createRegionalPattern(trial, { environment: 'staging', region, ...staging[region] });
      stacks.push(trialStack);
      if (!everything) continue;
      await createWorkbench(trial, trialStack);
      await drift(trial, trialStack);
    }
    if (everything) await createHeadOffice({ open, accounts, stacks, hubs });
    await removeDefaultNetwork(await open(accounts.production.id, 'ap-southeast-1'));
    await nameAccounts(open, organization);
    return { endpoint, ...organization, role: companyRole, regions: companyRegions, stacks };
  } finally {
    for (const clients of opened) clients.close();
  }
}

/** What production holds beside the pattern: nothing manages it, nobody remembers it. */
async function leaveBehind(clients: CompanyClients, stack: CompanyStack): Promise<void> {
  if (stack.region === 'us-east-1') {
    await createQueue(clients, { name: 'legacy-mailer', visibility: 30, retention: 345_600, tags: {} });
    await createBucket(clients, {
      name: 'harbour-migration-2021',
      versioned: false,
      encrypted: false,
      closed: false,
      tags: { Owner: 'm.olsen' },
    });
  } else {
    await createSecurityGroup(clients, {
      name: 'partner-upload',
      description: 'SFTP of a partner, contract ended',
      vpcId: stack.vpcId,
      ingress: [fromAddresses(22, '203.0.113.40/32', 'partner')],
      tags: {},
    });
    await clients.ec2.send(
      new CreateVolumeCommand({ AvailabilityZone: `${stack.region}a`, Size: 200, VolumeType: 'gp2' }),
    );
  }
}

/** Where staging has moved away from the pattern by hand. */
async function drift(clients: CompanyClients, stack: CompanyStack): Promise<void> {
  await clients.ec2.send(
    new AuthorizeSecurityGroupIngressCommand({
      GroupId: stack.securityGroupIds.data,
      IpPermissions: [fromAddresses(5432, '198.51.100.0/24', 'office Hamburg, for a test')],
    }),
  );
  if (stack.region === 'eu-west-1') {
    await clients.s3.send(new DeleteBucketEncryptionCommand({ Bucket: stack.bucketName }));
  }
}

/** Roles people take, in every account, and the accounts' short names. */
async function nameAccounts(
  open: (accountId: string, region: string) => Promise<CompanyClients>,
  organization: Pick<CompanySummary, 'accounts'>,
): Promise<void> {
  for (const account of Object.values(organization.accounts)) {
    const clients = await open(account.id, 'us-east-1');
    await clients.iam.send(new CreateAccountAliasCommand({ AccountAlias: `harbour-${account.name}` }));
    for (const name of ['auditor', 'break-glass']) {
      await createRole(clients, {
        name,
        description: `People: ${name}`,
        service: 'ec2.amazonaws.com',
        statements: [],
        tags: { Application: 'access', Environment: 'shared' },
      });
    }
  }
}
