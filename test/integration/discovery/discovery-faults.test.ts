import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { awsSteps } from '#engine/discovery/providers/aws/steps.ts';
import type { CompanySummary } from '#test/support/company/index.ts';
import { answerOf, type Fault, type FaultProxy } from '#test/support/fault-proxy/index.ts';
import { freePort } from '#test/support/toolchain/index.ts';
import { type CompanyBehindProxy, startCompanyBehindProxy } from './company-behind-proxy.ts';
import { awsRequest, callFrom, discover, gaps, memoryBench, testKeys, untilDone } from './discovery-bench.ts';

let place: CompanyBehindProxy;
let proxy: FaultProxy;
let company: CompanySummary;
let production: string;
let staging: string;

beforeAll(async () => {
  place = await startCompanyBehindProxy();
  ({ company, production, proxy, staging } = place);
});
afterAll(() => place[Symbol.asyncDispose]());

beforeEach(() => proxy.setFaults([]));

const request = () => ({
  accounts: [production, staging],
  regions: ['us-east-1', 'eu-west-1'],
  endpoint: proxy.endpoint,
});

/** The kinds of some services, in order. */
function kindsOf(chosen: (service: string) => boolean): readonly string[] {
  return awsSteps.flatMap(({ service, declaration }) => (chosen(service) ? declaration.kinds : [])).sort();
}

describe('a part that fails', () => {
  test('a denied listing names the missing permission; every other cell is complete', async () => {
    proxy.setFaults([
      {
        action: 'DescribeVpcs',
        region: 'eu-west-1',
        accountId: production,
        fault: { kind: 'denied', permission: 'ec2:DescribeVpcs' },
      },
    ]);
    const bench = memoryBench();
    const run = await discover(bench, request());
    expect(run).toMatchObject({ status: 'partial', incompleteCells: 1 });
    expect(gaps(bench.facts.cells)).toEqual([`${production} eu-west-1 aws.ec2.vpc denied ec2:DescribeVpcs`]);
    const cell = bench.facts.cells.find(({ status }) => status === 'denied');
    const role = `arn:aws:iam::${production}:role/OrganizationAccountAccessRole`;
    expect(cell?.remedy).toEqual({ do: 'grant', to: role });
    expect(cell?.error).toBe(
      `ec2:DescribeVpcs in production (${production}), eu-west-1: access denied. Allow ec2:DescribeVpcs.`,
    );
  });

  test('a denied detail keeps the resources and the cell from being complete', async () => {
    proxy.setFaults([
      { service: 's3', action: /encryption/u, fault: { kind: 'denied', permission: 's3:GetEncryptionConfiguration' } },
    ]);
    const bench = memoryBench();
    await discover(bench, { ...request(), accounts: [production], regions: ['us-east-1'] });
    expect(gaps(bench.facts.cells)).toEqual([
      `${production} us-east-1 aws.s3.bucket denied s3:GetEncryptionConfiguration`,
    ]);
    expect(bench.facts.cells.find(({ kind }) => kind === 'aws.s3.bucket')).toMatchObject({ rows: 1, pages: 1 });
    expect(bench.facts.resources.some(({ kind }) => kind === 'aws.s3.bucket')).toBe(true);
  });

  test.each([
    ['sqs', 'ListQueues', 'aws.sqs.queue'],
    ['ec2', 'DescribeSubnets', 'aws.ec2.subnet'],
    ['s3', /^GET \/\?/u, 'aws.s3.bucket'],
    ['lambda', /functions/u, 'aws.lambda.function'],
    ['rds', 'DescribeDBInstances', 'aws.rds.db'],
  ])('a throttled %s is retried and then told as throttled', async (service, action, kind) => {
    proxy.setFaults([{ service, action, fault: { kind: 'throttled' } }]);
    const bench = memoryBench();
    const before = proxy.requests.length;
    await discover(bench, { ...request(), accounts: [production], regions: ['us-east-1'] });
    expect(gaps(bench.facts.cells)).toEqual([`${production} us-east-1 ${kind} throttled`]);
    const asked = proxy.requests
      .slice(before)
      .filter((sent) => (typeof action === 'string' ? sent.action === action : action.test(sent.action)));
    expect(asked.length).toBeGreaterThanOrEqual(4);
  });

  test.each<[string, Fault]>([
    ['a page of HTML', { kind: 'rubbish', status: 200, type: 'text/html', body: '<html><body>Welcome</body></html>' }],
    ['nothing', { kind: 'rubbish', status: 200, type: 'text/plain', body: '' }],
    ['other JSON', { kind: 'rubbish', status: 200, type: 'application/json', body: '{"a":1}' }],
    ['bytes', { kind: 'rubbish', status: 200, type: 'application/octet-stream', body: '\u0000\u0001<<\u00ff' }],
    ['a gateway error', { kind: 'rubbish', status: 502, type: 'text/html', body: '<h1>Bad gateway</h1>' }],
  ])('an answer of %s never counts as an empty listing', async (_what, fault) => {
    const broken = ['ec2', 'sqs', 'sns', 's3', 'dynamodb', 'rds', 'iam', 'kms', 'lambda'];
    proxy.setFaults(
      ['us-east-1'].flatMap((region) => broken.map((service) => ({ service, region, accountId: staging, fault }))),
    );
    const bench = memoryBench();
    await discover(bench, { ...request(), regions: ['us-east-1'] });
    const complete = bench.facts.cells.filter(({ scope, status }) => scope.endsWith(staging) && status === 'complete');
    expect(complete.map(({ kind }) => kind).sort()).toEqual(kindsOf((service) => !broken.includes(service)));
    const failed = bench.facts.cells.find(({ scope, kind }) => scope.endsWith(staging) && kind === 'aws.sqs.queue');
    expect(failed).toMatchObject({ status: 'failed' });
    expect(failed?.error).toContain(`${proxy.endpoint} answered something that is not AWS`);
    const others = bench.facts.cells.filter(({ scope }) => scope.endsWith(production));
    expect(others.every(({ status }) => status === 'complete')).toBe(true);
  });

  test('a connection that is cut is told as unreachable, and the service is not asked again there', async () => {
    proxy.setFaults([{ service: 'rds', region: 'us-east-1', accountId: production, fault: { kind: 'cut' } }]);
    const bench = memoryBench();
    await discover(bench, { ...request(), regions: ['us-east-1'] });
    const cells = bench.facts.cells.filter(
      ({ kind, scope }) => kind.startsWith('aws.rds') && scope.endsWith(production),
    );
    expect(new Set(cells.map(({ status }) => status))).not.toContain('complete');
    expect(cells[0]?.error).toContain(`${proxy.endpoint} cannot be reached`);
    const incomplete = bench.facts.cells.filter(({ status }) => status !== 'complete');
    expect(incomplete.map(({ kind }) => kind).sort()).toEqual(kindsOf((service) => service === 'rds'));
  });

  test('expired credentials of one account are told for it, the other accounts go on', async () => {
    proxy.setFaults([{ accountId: staging, fault: { kind: 'expired' } }]);
    const bench = memoryBench();
    const run = await discover(bench, request());
    expect(run.status).toBe('partial');
    const ofStaging = bench.facts.cells.filter(({ scope }) => scope.endsWith(staging));
    expect([...new Set(ofStaging.map(({ status }) => status))]).toEqual(['denied']);
    expect(ofStaging[0]?.error).toContain('the credentials have expired');
    const ofProduction = bench.facts.cells.filter(({ scope }) => scope.endsWith(production));
    expect([...new Set(ofProduction.map(({ status }) => status))]).toEqual(['complete']);
  });

  test('a role that cannot be assumed is named, for every cell of its account', async () => {
    proxy.setFaults([{ action: 'AssumeRole', fault: { kind: 'denied', permission: 'sts:AssumeRole' } }]);
    const bench = memoryBench();
    const run = await discover(bench, { ...request(), accounts: [company.managementAccountId, staging] });
    expect(run.status).toBe('partial');
    const ofStaging = bench.facts.cells.filter(({ scope }) => scope.endsWith(staging));
    const global = awsSteps.filter(({ declaration }) => declaration.global).length;
    expect(ofStaging).toHaveLength(2 * (awsSteps.length - global) + global);
    expect(ofStaging.every(({ permission }) => permission === 'sts:AssumeRole')).toBe(true);
    expect(ofStaging[0]?.remedy).toMatchObject({
      do: 'grant',
      on: `arn:aws:iam::${staging}:role/OrganizationAccountAccessRole`,
    });
    expect(ofStaging[0]?.error).toBe(
      `staging (${staging}): the role arn:aws:iam::${staging}:role/OrganizationAccountAccessRole cannot be assumed. ` +
        'Check that it exists and trusts you, and whether it asks for an external id.',
    );
    expect(gaps(bench.facts.cells.filter(({ scope }) => !scope.endsWith(staging)))).toEqual([]);
  });

  test('a role that asks for an external id is taken with it, and named without', async () => {
    proxy.setService((call) =>
      call.action === 'AssumeRole' && new URLSearchParams(call.body).get('ExternalId') !== 'acme:7/b'
        ? answerOf({ kind: 'denied', permission: 'sts:AssumeRole' }, call)
        : null,
    );
    try {
      const kinds = ['aws.ec2.vpc'];
      const named = memoryBench();
      expect(await discover(named, { ...request(), externalId: 'acme:7/b' }, kinds)).toMatchObject({
        status: 'complete',
      });
      const without = memoryBench();
      await discover(without, request(), kinds);
      expect([...new Set(without.facts.cells.map(({ status }) => status))]).toEqual(['denied']);
    } finally {
      proxy.setService(null);
    }
  });

  test('a policy of the organisation that closes a region is named, and no grant advised', async () => {
    proxy.setFaults([
      {
        region: 'eu-west-1',
        service: 'ec2',
        accountId: production,
        fault: { kind: 'denied', permission: 'ec2:DescribeVpcs with an explicit deny in a service control policy' },
      },
    ]);
    const bench = memoryBench();
    await discover(bench, { ...request(), accounts: [production] }, ['aws.ec2.vpc']);
    const cell = bench.facts.cells.find(({ status }) => status === 'denied');
    expect(cell).toMatchObject({
      region: 'eu-west-1',
      permission: 'ec2:DescribeVpcs',
      remedy: {
        do: 'lift',
        by: 'service control policy',
        to: `arn:aws:iam::${production}:role/OrganizationAccountAccessRole`,
      },
    });
  });

  test('a service that an account does not have is disabled, which is not a gap', async () => {
    proxy.setFaults([{ service: 'rds', fault: { kind: 'not-enabled' } }]);
    const bench = memoryBench();
    const run = await discover(bench, { ...request(), accounts: [production], regions: ['us-east-1'] });
    expect(run).toMatchObject({ status: 'complete', incompleteCells: 0 });
    expect(gaps(bench.facts.cells)).toEqual(
      kindsOf((service) => service === 'rds').map((kind) => `${production} us-east-1 ${kind} disabled`),
    );
  });

  test('regions that cannot be listed are told, and the regions known from elsewhere are mapped', async () => {
    proxy.setFaults([
      {
        action: 'DescribeRegions',
        accountId: production,
        fault: { kind: 'denied', permission: 'ec2:DescribeRegions' },
      },
    ]);
    const bench = memoryBench();
    await discover(bench, { accounts: [production, staging], endpoint: proxy.endpoint }, [
      'aws.ec2.vpc',
      'aws.iam.role',
    ]);
    expect(gaps(bench.facts.cells)).toEqual(
      [
        `${production} global aws.account.region denied ec2:DescribeRegions`,
        // The regions that are not enabled, by name.
        `${staging} global aws.account.region disabled`,
      ].sort(),
    );
    const regionsOf = (account: string) =>
      new Set(bench.facts.cells.filter(({ scope }) => scope.endsWith(account)).map(({ region }) => region));
    expect(regionsOf(production)).toEqual(regionsOf(staging));
  });
});

describe('an endpoint or credentials that do not work at all', () => {
  test('an endpoint that is down is named with the way out, and leaves no run behind', async () => {
    const endpoint = `http://127.0.0.1:${await freePort()}`;
    const bench = memoryBench();
    await expect(discover(bench, { endpoint })).rejects.toMatchObject({
      code: 'endpoint-unreachable',
      message: expect.stringContaining(`${endpoint} cannot be reached (ECONNREFUSED)`),
    });
    expect(await bench.facts.runs()).toEqual([]);
  });

  test('an endpoint that is not AWS is named', async () => {
    proxy.setFaults([{ fault: { kind: 'rubbish', status: 200, type: 'text/html', body: '<html>Hotel</html>' } }]);
    await expect(discover(memoryBench(), { endpoint: proxy.endpoint })).rejects.toMatchObject({
      code: 'endpoint-invalid-answer',
      message: expect.stringContaining('answered something that is not AWS'),
    });
  });

  test('without credentials the message says where was looked and what to do', async () => {
    await expect(discover(memoryBench({ environment: {} }), { endpoint: proxy.endpoint })).rejects.toMatchObject({
      code: 'credentials-missing',
      message: 'No AWS credentials were found.',
      advice: expect.stringContaining('AWS_ACCESS_KEY_ID'),
    });
  });

  test('expired credentials are told as such', async () => {
    proxy.setFaults([{ fault: { kind: 'expired' } }]);
    await expect(discover(memoryBench(), { endpoint: proxy.endpoint })).rejects.toMatchObject({
      code: 'credentials-expired',
    });
  });

  test('an organisation that may not be read is told, with the other way', async () => {
    proxy.setFaults([
      {
        service: 'organizations',
        fault: { kind: 'denied', permission: 'organizations:DescribeOrganization' },
      },
    ]);
    await expect(discover(memoryBench(), { organization: true, endpoint: proxy.endpoint })).rejects.toMatchObject({
      code: 'access-denied',
      advice: 'Sign in to the management account or a delegated one, or list the accounts instead.',
      details: { permission: 'organizations:DescribeOrganization' },
    });
  });

  test('listed accounts work where the organisation may not be read', async () => {
    proxy.setFaults([
      { service: 'organizations', fault: { kind: 'denied', permission: 'organizations:DescribeOrganization' } },
    ]);
    const bench = memoryBench();
    const run = await discover(bench, { ...request(), accounts: [production], regions: ['us-east-1'] });
    expect(run.status).toBe('complete');
    expect(bench.facts.scopes).toEqual([
      {
        id: `aws:account:${production}`,
        cloud: 'aws',
        kind: 'account',
        name: production,
        nativeId: production,
        parentId: null,
      },
    ]);
  });
});

describe('cancelling', () => {
  test('answers within two seconds, keeps what was complete and tells the rest as not tried', async () => {
    proxy.setFaults([{ service: 'rds', fault: { kind: 'silent' } }]);
    const { service, facts } = memoryBench();
    const { run } = await service.start(
      awsRequest({ accounts: [production], role: company.role, regions: ['us-east-1'], endpoint: proxy.endpoint }, [
        'aws.ec2.vpc',
        'aws.rds.db',
        'aws.rds.subgrp',
      ]),
      callFrom(),
    );
    for await (const { cells } of await service.progress({ run }, callFrom())) {
      const left = cells.reduce((sum, cell) => sum + cell.total - cell.done, 0);
      if (cells.length > 0 && left <= 2) break;
    }
    const asked = performance.now();
    const cancelled = await service.cancel({ run }, callFrom());
    expect(performance.now() - asked).toBeLessThan(2000);
    expect(cancelled).toMatchObject({ id: run, status: 'cancelled', incompleteCells: 2, cells: 3 });
    expect(gaps(facts.cells)).toEqual([
      `${production} us-east-1 aws.rds.db not-tried`,
      `${production} us-east-1 aws.rds.subgrp not-tried`,
    ]);
    await untilDone(service, run);
  });

  test('a cancelled caller ends the start before a run is made', async () => {
    proxy.setFaults([{ fault: { kind: 'silent' } }]);
    const { service, facts } = memoryBench();
    const caller = new AbortController();
    const started = service.start(
      awsRequest({
        role: company.role,
        endpoint: proxy.endpoint,
      }),
      callFrom(caller.signal),
    );
    caller.abort();
    await expect(started).rejects.toMatchObject({ name: 'AbortError' });
    expect(await facts.runs()).toEqual([]);
  });

  test('cancelling while throttled does not wait for the next attempt', async () => {
    proxy.setFaults([{ service: 'ec2', action: /^Describe(?!Regions)/u, fault: { kind: 'throttled' } }]);
    const { service } = memoryBench();
    const { run } = await service.start(
      awsRequest({
        organization: true,
        role: company.role,
        endpoint: proxy.endpoint,
      }),
      callFrom(),
    );
    for await (const { phase } of await service.progress({ run }, callFrom())) if (phase === 'listing') break;
    const asked = performance.now();
    await expect(service.cancel({ run }, callFrom())).resolves.toMatchObject({ status: 'cancelled' });
    expect(performance.now() - asked).toBeLessThan(2000);
    await untilDone(service, run);
  });
});

describe('profiles', () => {
  test('a profile that does not exist is named with those that do', async () => {
    await expect(
      discover(memoryBench({ environment: testKeys }), { profiles: ['nobody'], endpoint: proxy.endpoint }),
    ).rejects.toMatchObject({ code: 'credentials-missing', message: 'The AWS profile nobody does not exist.' });
  });
});
