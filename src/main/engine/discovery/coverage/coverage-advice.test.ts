import { expect, test } from 'vitest';
import type { CoverageCell, ScopeFact } from '#shared/model/index.ts';
import { adviseActs, createCellAdviser, type Adviser } from './coverage-advice.ts';
import { awsAdvice } from '../providers/aws/advice.ts';
import { awsSteps } from '../providers/aws/steps.ts';
import { azureAdvice } from '../providers/azure/advice.ts';
import { azureSteps } from '../providers/azure/steps.ts';
import { gcpAdvice } from '../providers/gcp/advice.ts';
import { allSteps } from '../providers/gcp/steps.ts';

const declarations = (steps: readonly { declaration: Adviser['steps'][number] }[]) =>
  steps.map(({ declaration }) => declaration);
const advisers: Adviser[] = [
  { cloud: 'aws', steps: declarations(awsSteps), advise: awsAdvice },
  { cloud: 'azure', steps: declarations(azureSteps), advise: azureAdvice },
  { cloud: 'gcp', steps: declarations(allSteps), advise: gcpAdvice },
];
const production: ScopeFact = {
  id: 'aws:account:123456789012',
  cloud: 'aws',
  kind: 'account',
  name: 'production',
  nativeId: '123456789012',
  parentId: null,
};

function cell(kind: string, more: Partial<CoverageCell> = {}): CoverageCell {
  const place = { scope: production.id, region: 'eu-west-1', kind };
  return { run: 1, ...place, status: 'denied', pages: 0, rows: 0, error: 'no', permission: null, ...more };
}

async function advise(...cells: CoverageCell[]) {
  const known = { advisers, scopes: [production] };
  return { cells: cells.map(createCellAdviser(known)), advice: await adviseActs(cells, known) };
}

const to = 'arn:aws:iam::123456789012:role/reader';
const grant = { remedy: { do: 'grant', to } } as const;

test('a denied cell says what to grant to whom in which account', async () => {
  const { cells } = await advise(
    cell('aws.ec2.transit-gateway', { ...grant, permission: 'ec2:DescribeTransitGateways' }),
  );
  expect(cells[0]?.advice).toBe(
    'Grant ec2:DescribeTransitGateways to role reader in account production (123456789012).',
  );
});

test('one act opens the cells of one role; its policy holds all that their steps declare', async () => {
  const { advice } = await advise(
    cell('aws.ec2.vpc', { ...grant, permission: 'ec2:DescribeVpcs' }),
    cell('aws.ec2.vpc', { ...grant, permission: 'ec2:DescribeVpcs', region: 'us-east-1' }),
    cell('aws.ec2.volume', { ...grant, permission: 'ec2:DescribeVolumes' }),
    cell('aws.ec2.subnet', { status: 'complete' }),
  );
  expect(advice).toHaveLength(1);
  expect(advice[0]).toMatchObject({ cells: 3, places: [{ region: 'eu-west-1' }, { region: 'us-east-1' }] });
  expect(JSON.parse(advice[0]?.copy ?? '')).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['ec2:DescribeVolumes', 'ec2:DescribeVpcAttribute', 'ec2:DescribeVpcs'],
        Resource: '*',
      },
    ],
  });
});

test('where a policy stands in the way nothing is to be granted: one act for each policy and account', async () => {
  const remedy = { do: 'lift', by: 'service control policy', policy: null, to } as const;
  const { cells, advice } = await advise(
    cell('aws.ec2.vpc', { remedy, permission: 'ec2:DescribeVpcs', region: 'us-east-1' }),
    cell('aws.ec2.volume', { remedy, permission: 'ec2:DescribeVolumes', region: 'us-east-2' }),
  );
  expect(cells[0]?.advice).toBe(
    'In account production (123456789012) a service control policy keeps ec2:DescribeVpcs from role reader: allow it there, or leave those places out.',
  );
  expect(advice).toMatchObject([{ copy: null, cells: 2, places: [{ region: 'us-east-1' }, { region: 'us-east-2' }] }]);
});

/** The first permission that the step of a kind declares. */
const permissionOf = (kind: string) =>
  advisers.flatMap(({ steps }) => steps).find(({ kinds }) => kinds.includes(kind))?.permissions[0] ?? '';

test('many permissions are named in part; what is to be pasted has all of them', async () => {
  const kinds = [
    'aws.ec2.vpc',
    'aws.ec2.volume',
    'aws.sqs.queue',
    'aws.ec2.subnet',
    'aws.ec2.key-pair',
    'aws.s3.bucket',
  ];
  const { advice } = await advise(...kinds.map((kind) => cell(kind, { ...grant, permission: permissionOf(kind) })));
  expect(advice[0]?.text).toMatch(/^Grant (?:\w+:\w+, ){4}2 more to role /);
  for (const kind of kinds) expect(advice[0]?.copy).toContain(`"${permissionOf(kind)}"`);
});

test('where the cloud does not say what is missing, the step does; a ledger from before says no one', async () => {
  const { cells } = await advise(
    cell('aws.ec2.subnet', grant),
    cell('aws.ec2.vpc', { permission: 'ec2:DescribeVpcs' }),
  );
  expect(cells.map(({ advice }) => advice)).toEqual([
    'Grant ec2:DescribeSubnets to role reader in account production (123456789012).',
    'Grant ec2:DescribeVpcs to whoever maps account production (123456789012).',
  ]);
});

test('a role that cannot be taken is named, and its listings are not asked for', async () => {
  const remedy = { do: 'grant', to: 'arn:aws:iam::111111111111:user/ann', on: to } as const;
  const { advice } = await advise(cell('aws.ec2.vpc', { permission: 'sts:AssumeRole', remedy }));
  expect(advice[0]?.text).toBe(`Grant sts:AssumeRole on ${to} to user ann, and see that ${to} exists and trusts it.`);
  expect(JSON.parse(advice[0]?.copy ?? '')).toMatchObject({
    Statement: [{ Action: ['sts:AssumeRole'], Resource: to }],
  });
});

test('a disabled region can be enabled, credentials that ended cannot be granted', async () => {
  const region = { status: 'disabled', region: 'af-south-1', remedy: { do: 'enable', what: 'af-south-1' } } as const;
  const { cells, advice } = await advise(cell('aws.ec2.vpc', region), cell('aws.ec2.subnet', { error: 'expired' }));
  expect(cells.map((one) => one.advice)).toEqual([
    'Enable the region af-south-1 for account production (123456789012), or leave it out.',
    undefined,
  ]);
  expect(advice.map(({ copy }) => copy)).toEqual(['aws account enable-region --region-name "af-south-1"']);
});

test('Azure: a role at the scope', async () => {
  const { advice } = await advise(
    cell('azure.network.virtualnetworks', {
      scope: 'azure:subscription:5b1c',
      region: '*',
      permission: 'Microsoft.ResourceGraph/resources/read',
      remedy: { do: 'grant', to: 'ann@example.org' },
    }),
  );
  expect(advice[0]?.text).toMatch(
    /^Grant Microsoft\.ResourceGraph\/resources\/read to ann@example\.org at \/subscriptions\/5b1c:/,
  );
  expect(advice[0]?.copy).toBe(
    'az role assignment create --assignee "ann@example.org" --role "Groundplan discovery" --scope "/subscriptions/5b1c"',
  );
});

test('Google: a permission where one maps, an API in the project that asks', async () => {
  const place = { scope: 'gcp:project:shop', region: '*' };
  const { advice } = await advise(
    cell('gcp.compute.network', {
      ...place,
      permission: 'cloudasset.assets.listResource',
      remedy: { do: 'grant', to: null, on: 'organizations/6001' },
    }),
    cell('gcp.compute.network', {
      ...place,
      remedy: { do: 'enable', what: 'cloudasset.googleapis.com', on: 'projects/tools' },
    }),
  );
  expect(advice.map(({ text }) => text)).toEqual([
    'Grant cloudasset.assets.listResource to whoever maps it in organizations/6001.',
    'Enable the API cloudasset.googleapis.com in project tools.',
  ]);
  expect(advice[1]?.copy).toBe('gcloud services enable "cloudasset.googleapis.com" --project="tools"');
});

const hostile = ['x; curl evil', '$(id)', '`id`', 'a"b', "a'b", 'a\nb', 'a|b', 'a b', '%PATH%'];

test.each(hostile)('there is nothing to paste with %j in it', async (word) => {
  const { advice } = await advise(
    cell('aws.ec2.vpc', { status: 'disabled', remedy: { do: 'enable', what: word } }),
    cell('azure.network.virtualnetworks', { scope: 'azure:subscription:5b1c', remedy: { do: 'grant', to: word } }),
    cell('azure.network.virtualnetworks', { scope: `azure:subscription:${word}`, remedy: { do: 'grant', to: 'ann' } }),
    cell('gcp.compute.network', { scope: `gcp:project:${word}`, remedy: { do: 'grant', to: null } }),
    cell('gcp.compute.network', { remedy: { do: 'grant', to: null, on: `${word}/1` } }),
    cell('gcp.compute.network', { remedy: { do: 'enable', what: word, on: 'projects/tools' } }),
    cell('gcp.compute.network', { remedy: { do: 'enable', what: 'a.googleapis.com', on: `projects/${word}` } }),
  );
  // Ways in that differ in a name alone may be one act.
  expect(advice.length).toBeGreaterThan(4);
  expect(advice.map(({ copy }) => copy)).toEqual(advice.map(() => null));
});

test('a policy to paste allows what discovery asks for, on one thing by its ARN', async () => {
  const { advice } = await advise(
    cell('aws.ec2.vpc', { ...grant, permission: 'iam:*' }),
    cell('aws.ec2.subnet', { permission: 'sts:AssumeRole', remedy: { do: 'grant', to, on: '*' } }),
    cell('aws.ec2.volume', { permission: '*', remedy: { do: 'grant', to: null } }),
  );
  expect(advice.map(({ copy }) => copy)).toEqual([null, null, null]);
});
