import { describe, expect, test } from 'vitest';
import { redactions, type ResourceFact, type ScopeFact } from '#shared/model/index.ts';
import { createRedactor, learnResource, learnScope, type Originals } from './redact-facts.ts';

// An attack on redacted facts: whatever somebody could be known by is put everywhere a cloud or a state lets people put
// it, and none of it may come out.

const secrets = {
  words: ['acme', 'payroll', 'storefront', 'lovelace', 'zürich', 'hunter2'],
  accounts: ['123456789012', '1234-5678-9012', '210987654321', '7f3c1a52-8d7e-4a1b-9c55-0a1b2c3d4e5f'],
  addresses: ['10.20.3.4', '10-20-3-4', '52.18.7.9', '2600:1f18:12ab', '0a:1b:2c:3d:4e:5f', '4.3.20.10'],
  numbers: ['+49 170 1234567', '47110'],
} as const;

const account: ScopeFact = {
  id: 'aws:account:123456789012',
  cloud: 'aws',
  kind: 'account',
  name: 'acme production',
  nativeId: '123456789012',
  parentId: null,
};

const resource: ResourceFact = {
  id: 'arn:aws:ecs:eu-west-1:123456789012:service/acme/payroll',
  cloud: 'aws',
  kind: 'aws.ecs.service',
  category: 'workload',
  name: 'payroll',
  nativeId: 'payroll',
  scopeId: account.id,
  region: 'eu-west-1',
  zone: null,
  state: 'ACTIVE',
  createdAt: 1_700_000_000_000,
  public: false,
  cidr: null,
  ip: '10.20.3.4',
  tags: { 'acme:team': 'storefront', 'cost-centre': '47110', owner: 'Ada Lovelace <ada.lovelace@acme.example>' },
  raw: {
    serviceName: 'payroll',
    family: 'acme-worker',
    status: 'ACTIVE',
    launchType: 'FARGATE',
    resourceType: 'Custom::AcmeLicence',
    dockerLabels: { acme_team: 'x', 'acme.team': 'y' },
    resourceLabels: { payroll: 'yes' },
    stageVariables: { acmeBackend: 'v2' },
    nodeSelector: { storefront: 'true' },
    triggers: { payrollNightly: { frequency: 'Day' } },
    UserAssignedIdentities: {
      '/subscriptions/7f3c1a52-8d7e-4a1b-9c55-0a1b2c3d4e5f/resourceGroups/Payroll/providers/Microsoft.ManagedIdentity/userAssignedIdentities/acme':
        {},
    },
    Tags: [{ Key: 'cost-centre', Value: '47110' }],
    tags_all: { 'cost-centre': '47110' },
    containers: [
      { image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/acme/payroll:1.4', logGroup: '/acme/payroll', cpu: 256 },
    ],
    description: 'Made by Ada Lovelace in Zürich for account 1234-5678-9012, at 10.20.3.4. Call +49 170 1234567.',
    host: 'node-10-20-3-4.acme.internal',
    machine: 'worker_10_20_3_4',
    reverse: '4.3.20.10.in-addr.arpa',
    macAddress: '0a:1b:2c:3d:4e:5f',
    addresses: ['52.18.7.9/32', '[2600:1f18:12ab::7]:443', 'from 2600:1f18:12ab::7.'],
    logs: 'https://storage.googleapis.com/acmeInvoices/payrollReports',
    bucket: 'projects/_/buckets/acmeBackups/objects/lovelaceLists',
    ownerAccount: 210_987_654_321,
    sizeBytes: 214_748_364_800,
    endpoint: 'https://ada:hunter2@acme.example/payroll?owner=lovelace',
    policy: '{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::210987654321:role/acme"}}]}',
  },
};

const originals: Originals = { texts: new Set(), accountIds: new Set() };
learnScope(originals, account);
learnResource(originals, resource);

/** What of a kind is left in the facts, keys included. */
function left(facts: unknown, what: readonly string[]): readonly string[] {
  const text = JSON.stringify(facts).toLowerCase();
  return what.filter((one) => text.includes(one));
}

describe('of redacted facts', () => {
  const redactor = createRedactor(redactions, originals);
  const facts = [redactor.scope(account), redactor.resource(resource)];

  test('no name, account, address or number that says who somebody is comes out', () => {
    expect(left([account, resource], Object.values(secrets).flat())).toEqual(Object.values(secrets).flat());
    expect(left(facts, Object.values(secrets).flat())).toEqual([]);
  });

  test('what says nothing of anybody stays: kinds, states, sizes, the keys of the cloud', () => {
    const [, { raw, region, state }] = facts as [ScopeFact, ResourceFact];
    expect({ region, state }).toEqual({ region: 'eu-west-1', state: 'ACTIVE' });
    expect(raw).toMatchObject({ status: 'ACTIVE', launchType: 'FARGATE', sizeBytes: 214_748_364_800 });
    expect(raw).toMatchObject({ containers: [{ cpu: 256, image: expect.stringContaining('eu-west-1') as string }] });
  });

  test('the same is the same in every spelling', () => {
    const [, { ip, raw, tags }] = facts as [ScopeFact, ResourceFact];
    const body = raw as { host: string; machine: string; Tags: { Value: string }[]; tags_all: object };
    expect(body.host).toContain(`-${ip?.replaceAll('.', '-')}.`);
    expect(body.machine).toContain(`_${ip?.replaceAll('.', '_')}`);
    const [centre] = Object.values(tags).filter((value) => /^\d+$/.test(value));
    expect(body.Tags[0]?.Value).toBe(centre);
    expect(Object.values(body.tags_all)).toEqual([centre]);
  });
});

test.each([
  ['accounts', secrets.accounts],
  ['addresses', secrets.addresses],
] as const)('where only %s are asked for, they go and names stay', (what, gone) => {
  const facts = createRedactor([what], originals).resource(resource);
  expect(left(facts, gone)).toEqual([]);
  expect(left(facts, ['payroll', 'storefront', 'lovelace'])).toEqual(['payroll', 'storefront', 'lovelace']);
});
