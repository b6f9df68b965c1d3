import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { factsOnDisk } from '#test/support/facts/facts-on-disk.ts';
import type { FaultProxy } from '#test/support/fault-proxy/index.ts';
import { type CompanyBehindProxy, startCompanyBehindProxy } from './company-behind-proxy.ts';
import { benchOn, discover, gaps } from './discovery-bench.ts';

const [region, subnet] = ['us-east-1', 'aws.ec2.subnet'];
let place: CompanyBehindProxy;
let proxy: FaultProxy;
let production: string;
let staging: string;

beforeAll(async () => {
  place = await startCompanyBehindProxy();
  ({ production, proxy, staging } = place);
});
afterAll(() => place[Symbol.asyncDispose]());

beforeEach(() => {
  proxy.setFaults([]);
  proxy.setService(null);
});

const request = () => ({ accounts: [production, staging], regions: [region], endpoint: proxy.endpoint });

/** What production's subnets say, as the accounts see it that it shares them with. */
function sharing(subnets: Readonly<Record<string, readonly string[]>>): void {
  const item = (id: string): string =>
    `<item><subnetId>${id}</subnetId><vpcId>vpc-shared</vpcId><ownerId>${production}</ownerId>` +
    `<cidrBlock>10.9.0.0/24</cidrBlock><availabilityZone>${region}a</availabilityZone><state>available</state></item>`;
  proxy.setService(({ action, accountId }) => {
    const seen = action === 'DescribeSubnets' ? subnets[accountId] : undefined;
    if (seen === undefined) return null;
    const headers = { 'content-type': 'text/xml', 'x-amzn-requestid': 'shared' };
    const set = `<subnetSet>${seen.map(item).join('')}</subnetSet>`;
    const body = `<DescribeSubnetsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>shared</requestId>${set}</DescribeSubnetsResponse>`;
    return { status: 200, headers, body };
  });
}

async function subnetsOf(facts: Awaited<ReturnType<typeof factsOnDisk>>): Promise<readonly string[]> {
  const view = await facts.store.view(new AbortController().signal);
  const lines: string[] = [];
  for await (const { fact, stale } of view.resources()) {
    if (fact.kind === subnet) lines.push(`${fact.id} of ${fact.scopeId}${stale ? ', stale' : ''}`);
  }
  return lines.sort();
}

/** How many resources the map has, stale ones included. */
async function countOf(facts: Awaited<ReturnType<typeof factsOnDisk>>): Promise<number> {
  const view = await facts.store.view(new AbortController().signal);
  let count = 0;
  for await (const _one of view.resources()) count += 1;
  return count;
}

const shared = (): string => `arn:aws:ec2:${region}:${production}:subnet/subnet-shared of aws:account:${production}`;

test('a prefix list that another account shares is that account’s in the rules that name it', async () => {
  await using facts = await factsOnDisk();
  const answer = (name: string, set: string) => ({
    status: 200,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': 'shared' },
    body: `<${name}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>shared</requestId>${set}</${name}Response>`,
  });
  const rule =
    '<item><ipProtocol>-1</ipProtocol><prefixListIds><item><prefixListId>pl-shared</prefixListId></item></prefixListIds></item>';
  proxy.setService(({ action, accountId }) => {
    if (action === 'DescribeManagedPrefixLists') {
      return answer(
        action,
        `<prefixListSet><item><prefixListId>pl-shared</prefixListId><ownerId>${production}</ownerId></item></prefixListSet>`,
      );
    }
    if (action !== 'DescribeSecurityGroups' || accountId !== staging) return null;
    return answer(
      action,
      `<securityGroupInfo><item><groupId>sg-1</groupId><ownerId>${staging}</ownerId><ipPermissions>${rule}</ipPermissions></item></securityGroupInfo>`,
    );
  });
  await discover(benchOn(facts.store), { ...request(), accounts: [staging] }, ['aws.ec2.security-group']);
  const view = await facts.store.view(new AbortController().signal);
  const allowed: string[] = [];
  for await (const batch of view.relationships())
    allowed.push(...batch.flatMap(({ fact }) => (fact.type === 'ALLOWS' ? [fact.from] : [])));
  expect(allowed).toEqual([`arn:aws:ec2:${region}:${production}:prefix-list/pl-shared`]);
});

test('a subnet that two accounts see is one, and its owner’s', async () => {
  await using facts = await factsOnDisk();
  sharing({ [production]: ['subnet-shared'], [staging]: ['subnet-shared'] });
  await discover(benchOn(facts.store), request(), [subnet]);
  expect(await subnetsOf(facts)).toEqual([shared()]);
});

test('it stays as long as one of them sees it, and goes when none does', async () => {
  await using facts = await factsOnDisk();
  const bench = benchOn(facts.store);
  sharing({ [production]: ['subnet-shared'], [staging]: ['subnet-shared'] });
  await discover(bench, request(), [subnet]);
  sharing({ [production]: ['subnet-shared'], [staging]: [] });
  await discover(bench, request(), [subnet]);
  expect(await subnetsOf(facts)).toEqual([shared()]);
  sharing({ [production]: [], [staging]: [] });
  await discover(bench, request(), [subnet]);
  expect(await subnetsOf(facts)).toEqual([]);
});

test('an account that sees it no more removes nothing while its owner cannot be asked', async () => {
  await using facts = await factsOnDisk();
  const bench = benchOn(facts.store);
  sharing({ [production]: ['subnet-shared'], [staging]: ['subnet-shared'] });
  await discover(bench, request(), [subnet]);
  sharing({ [staging]: [] });
  const fault = { kind: 'denied', permission: 'ec2:DescribeSubnets' } as const;
  proxy.setFaults([{ action: 'DescribeSubnets', accountId: production, fault }]);
  await discover(bench, request(), [subnet]);
  expect(gaps(await facts.store.coverage(null))).toEqual([
    `${production} ${region} ${subnet} denied ec2:DescribeSubnets`,
  ]);
  expect(await subnetsOf(facts)).toEqual([`${shared()}, stale`]);
});

test('credentials that end half-way close the rest as denied and take nothing from the map', async () => {
  await using facts = await factsOnDisk();
  const bench = benchOn(facts.store);
  const kinds = [subnet, 'aws.ec2.vpc', 'aws.sqs.queue', 'aws.iam.role', 'aws.s3.bucket'];
  const first = await discover(bench, request(), kinds);
  const before = await countOf(facts);
  proxy.setFaults([
    { action: /^(?!AssumeRole|GetCallerIdentity|DescribeRegions|DescribeVpc)/u, fault: { kind: 'expired' } },
  ]);
  const run = await discover(bench, request(), kinds);
  expect(run.status).toBe('partial');
  const cells = await facts.store.coverage(run.id);
  expect(cells).toHaveLength(first.cells);
  expect(new Set(cells.filter(({ kind }) => kind === 'aws.ec2.vpc').map(({ status }) => status))).toEqual(
    new Set(['complete']),
  );
  expect(cells.filter(({ status }) => status === 'denied').every(({ error }) => error?.includes('expired'))).toBe(true);
  expect(cells.filter(({ status }) => status === 'denied').length).toBeGreaterThan(4);
  expect(before).toBeGreaterThan(20);
  expect(await countOf(facts)).toBe(before);
});
