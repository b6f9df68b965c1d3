import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { configItemOf, snapshotOf, subnetItem, vpcItem } from '#test/support/imports/config-snapshot.ts';
import { createImportBench, edgeLines, type ImportBench } from '#test/support/imports/import-bench.ts';

let bench: ImportBench;
beforeEach(async () => {
  bench = await createImportBench();
});
afterEach(() => bench.close());

const account = 'aws:account:111122223333';
const vpc = 'arn:aws:ec2:eu-central-1:111122223333:vpc/vpc-1';

async function snapshot(items: readonly unknown[], more: Record<string, unknown> = {}) {
  return bench.importFiles({ 'snapshot.json': JSON.stringify(snapshotOf(items, more)) });
}

describe('a snapshot of AWS Config', () => {
  test('becomes the facts a live run writes: same ids, same relationships, same fields', async () => {
    const { file, relationships, resources } = await snapshot([
      vpcItem('vpc-1', { tags: { Name: 'main' } }),
      subnetItem('subnet-1', 'vpc-1'),
      configItemOf('AWS::EC2::SecurityGroup', 'sg-1', {
        configuration: {
          groupId: 'sg-1',
          groupName: 'web',
          vpcId: 'vpc-1',
          ipPermissions: [
            {
              ipProtocol: 'tcp',
              fromPort: 443,
              toPort: 443,
              ipv4Ranges: [{ cidrIp: '0.0.0.0/0', description: 'web' }],
              ipRanges: ['0.0.0.0/0'],
            },
          ],
          ipPermissionsEgress: [{ ipProtocol: '-1', ipRanges: ['10.0.0.0/8'] }],
        },
      }),
      configItemOf('AWS::EC2::Volume', 'vol-1', {
        configuration: {
          volumeId: 'vol-1',
          state: { value: 'in-use' },
          createTime: '2023-11-02T10:00:00.000Z',
          attachments: [{ instanceId: 'i-1', device: '/dev/xvda' }],
        },
      }),
    ]);
    expect(file).toMatchObject({ format: 'aws-config', status: 'read', records: 4, broken: 0, resources: 4 });
    expect(resources.find(({ fact }) => fact.id === vpc)?.fact).toMatchObject({
      kind: 'aws.ec2.vpc',
      category: 'network',
      name: 'main',
      cidr: '10.20.0.0/16',
      state: 'available',
      scopeId: account,
      raw: { VpcId: 'vpc-1', CidrBlock: '10.20.0.0/16', Tags: [{ Key: 'Name', Value: 'main' }] },
    });
    expect(resources.find(({ fact }) => fact.nativeId === 'vol-1')?.fact).toMatchObject({
      state: 'in-use',
      createdAt: Date.parse('2023-11-02T10:00:00.000Z'),
    });
    expect(resources.find(({ fact }) => fact.nativeId === 'sg-1')?.fact.public).toBe(true);
    expect(edgeLines(relationships)).toEqual([
      '0.0.0.0/0 -ALLOWS-> security-group/sg-1',
      'security-group/sg-1 -ALLOWS-> 10.0.0.0/8',
      'security-group/sg-1 -IN_NETWORK-> vpc/vpc-1',
      'subnet/subnet-1 -IN_NETWORK-> vpc/vpc-1',
      'volume/vol-1 -ATTACHED_TO-> instance/i-1',
      'vpc/vpc-1 -CONTAINS-> subnet/subnet-1',
      'vpc/vpc-1 -HAS_ADDRESS-> 10.20.0.0/16',
    ]);
  });

  test('keeps a type nobody mapped, with what Config tells of its relationships', async () => {
    const arn = 'arn:aws:glue:eu-central-1:111122223333:job/nightly';
    const job = { ...configItemOf('AWS::Glue::Job', 'nightly', { arn, configuration: { name: 'nightly' } }) };
    const relationships = [{ resourceType: 'AWS::EC2::VPC', resourceId: 'vpc-1', name: 'Is contained in Vpc' }];
    const { resources, relationships: edges } = await snapshot([{ ...job, relationships }]);
    expect(resources[0]?.fact).toMatchObject({
      id: arn,
      kind: 'aws.glue.job',
      category: 'other',
      raw: { Name: 'nightly' },
    });
    expect(edges[0]?.fact).toMatchObject({ type: 'IN_NETWORK', from: arn, to: vpc });
  });

  test('says that something is gone only of what it holds in full', async () => {
    await snapshot([vpcItem('vpc-1'), vpcItem('vpc-2'), subnetItem('subnet-1', 'vpc-1')]);
    const later = vpcItem('vpc-1', { at: '2024-06-01T00:00:00Z' });
    const { coverage, resources } = await snapshot([
      later,
      configItemOf('AWS::Glue::Job', 'j', { at: '2024-06-01T00:00:00Z' }),
    ]);
    expect(resources.map(({ fact }) => fact.nativeId).sort()).toEqual(['j', 'subnet-1', 'vpc-1']);
    expect(coverage.find(({ kind }) => kind === 'aws.ec2.vpc')).toMatchObject({ run: 2, status: 'complete', rows: 1 });
    expect(coverage.find(({ kind }) => kind === 'aws.ec2.subnet')).toMatchObject({ run: 1, status: 'complete' });
  });

  test.each([
    [
      'a history, which tells a resource twice',
      [vpcItem('vpc-1', { at: '2024-06-02T00:00:00Z' }), vpcItem('vpc-1')],
      {},
    ],
    ['one type alone, as history files hold', [vpcItem('vpc-1')], {}],
    ['a list without the id of a snapshot', [vpcItem('vpc-1'), subnetItem('s', 'vpc-1')], { configSnapshotId: null }],
    [
      'items of two regions',
      [vpcItem('vpc-1'), subnetItem('s', 'vpc-1'), vpcItem('vpc-9', { region: 'eu-west-1' })],
      {},
    ],
  ])('removes nothing when it is %s', async (_of, items, more) => {
    await snapshot([vpcItem('vpc-1'), vpcItem('vpc-2'), subnetItem('subnet-1', 'vpc-1')]);
    const { coverage, resources } = await snapshot(items, more);
    expect(resources.map(({ fact }) => fact.nativeId)).toContain('vpc-2');
    expect(resources.every(({ stale }) => !stale)).toBe(true);
    expect(coverage.find(({ kind }) => kind === 'aws.ec2.vpc')).toMatchObject({ run: 1, status: 'complete' });
  });

  test('removes nothing when one of its items is broken, and names it', async () => {
    await snapshot([vpcItem('vpc-1'), vpcItem('vpc-2'), subnetItem('subnet-1', 'vpc-1')]);
    const text = JSON.stringify(
      snapshotOf([vpcItem('vpc-1'), { resourceType: 'AWS::EC2::VPC' }, subnetItem('s', 'vpc-1')]),
      null,
      2,
    );
    const { file, resources } = await bench.importFiles({ 'snapshot.json': text });
    expect(file).toMatchObject({ status: 'partly', records: 3, broken: 1, resources: 2 });
    expect(file.problems).toMatchObject([{ why: 'It has no resourceType or no resourceId' }]);
    expect(text.split('\n')[(file.problems[0]?.line ?? 0) - 1]?.trim()).toBe('{');
    expect(resources.map(({ fact }) => fact.nativeId)).toContain('vpc-2');
  });

  test('is one node with what a live run saw, and has the time of its own', async () => {
    const writer = await bench.facts.startRun({ source: 'live', clouds: ['aws'] });
    const cell = { scope: account, region: 'eu-central-1', kind: 'aws.ec2.vpc' };
    const { resources } = await snapshot([vpcItem('vpc-1'), subnetItem('s', 'vpc-1')]);
    const live = resources.filter(({ fact }) => fact.id === vpc).map(({ fact }) => ({ ...fact, raw: { Live: true } }));
    await writer.page(cell, { resources: live, relationships: [] });
    await writer.finishCell({ ...cell, status: 'complete', pages: 1, rows: 1, error: null, permission: null });
    await writer.finish({ status: 'complete', error: null });
    const now = await bench.view();
    expect(now.resources.filter(({ fact }) => fact.id === vpc)).toMatchObject([{ fact: { raw: { Live: true } } }]);
  });

  test('keeps the newest state of a resource, and tells one that was deleted since as deleted', async () => {
    const { file, resources } = await bench.importFiles({
      'history.json': JSON.stringify({
        fileVersion: '1.0',
        configurationItems: [
          vpcItem('vpc-1', { at: '2024-05-02T00:00:00Z', tags: { Name: 'new' } }),
          vpcItem('vpc-1', { at: '2024-05-01T00:00:00Z', tags: { Name: 'old' } }),
          vpcItem('vpc-2', { at: '2024-05-01T00:00:00Z' }),
          configItemOf('AWS::EC2::VPC', 'vpc-2', { status: 'ResourceDeleted', at: '2024-05-03T00:00:00Z' }),
          configItemOf('AWS::EC2::VPC', 'vpc-3', { status: 'ResourceDeleted', at: '2024-05-03T00:00:00Z' }),
        ],
      }),
    });
    expect(resources.map(({ fact }) => `${fact.nativeId} ${fact.name} ${fact.state}`).sort()).toEqual([
      'vpc-1 new available',
      'vpc-2 vpc-2 deleted',
    ]);
    expect(file.passedOver).toEqual([
      { why: 'an older state of a resource that is told as well', records: 1 },
      { why: 'a resource that was deleted', records: 1 },
    ]);
  });

  test('never keeps a secret', async () => {
    const { resources } = await snapshot([
      configItemOf('AWS::EC2::Instance', 'i-1', { configuration: { instanceId: 'i-1', userData: 'c2VjcmV0' } }),
      configItemOf('AWS::Lambda::Function', 'f', {
        configuration: {
          functionName: 'f',
          functionArn: 'arn:aws:lambda:eu-central-1:111122223333:function:f',
          environment: { variables: { dbPassword: 'hunter2' } },
        },
      }),
      configItemOf('AWS::Redshift::Cluster', 'r', { configuration: { masterUserPassword: 'hunter2' } }),
    ]);
    const text = JSON.stringify(resources.map(({ fact }) => fact.raw));
    expect(text).not.toMatch(/c2VjcmV0|hunter2/);
    expect(text).toContain('"dbPassword":"(removed)"');
  });
});

describe('the answer of an advanced query', () => {
  const row = {
    accountId: '111122223333',
    awsRegion: 'eu-central-1',
    resourceType: 'AWS::EC2::VPC',
    resourceId: 'vpc-1',
    arn: vpc,
  };
  const answer = (rows: readonly unknown[], more = {}) =>
    JSON.stringify({ Results: rows.map((one) => JSON.stringify(one)), QueryInfo: { SelectFields: [] }, ...more });

  test('adds its columns, and never stands for the body that is known', async () => {
    await snapshot([vpcItem('vpc-1', { tags: { Name: 'main' } }), subnetItem('s', 'vpc-1')]);
    const { coverage, file, resources } = await bench.importFiles({
      'answer.json': answer([
        { ...row, configuration: { cidrBlock: '10.20.0.0/16' } },
        { ...row, resourceId: 'vpc-7', arn: `${vpc}7` },
      ]),
    });
    expect(file).toMatchObject({ format: 'aws-config-query', status: 'read', records: 2, resources: 2 });
    expect(
      resources.filter(({ fact }) => fact.kind === 'aws.ec2.vpc').map(({ fact }) => [fact.name, fact.sparse]),
    ).toEqual(
      expect.arrayContaining([
        ['main', undefined],
        ['vpc-7', true],
      ]),
    );
    expect(coverage.find(({ kind }) => kind === 'aws.ec2.vpc')).toMatchObject({ run: 1, status: 'complete' });
  });

  test('says when it has further pages, and names a row that is no JSON', async () => {
    const text = answer([row, { ...row, resourceId: 'vpc-8', arn: `${vpc}8` }], { NextToken: 'more' }).replace(
      'vpc-8\\"',
      'vpc-8',
    );
    const { file } = await bench.importFiles({ 'answer.json': text });
    expect(file).toMatchObject({ status: 'partly', records: 2, broken: 1, resources: 1 });
    expect(file.problems[0]?.why).toBe('It is no row of a query');
    expect(file.notes[0]).toMatch('further pages');
  });
});
