import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '#shared/errors/index.ts';
import { startMoto, type Moto } from '#test/support/toolchain/index.ts';
import { openConsole } from './cloud.ts';
import { networkInputs, networkModule, networkSet, networkVariables, partsModule } from './modules.ts';
import { openBench, type BenchNode, type BenchOptions } from './workbench.ts';

let moto: Moto;
beforeAll(async () => {
  moto = await startMoto();
});
afterAll(() => moto?.stop());
beforeEach(() => moto.reset());

const network: BenchNode = { files: networkModule, set: networkSet, variables: networkVariables };

async function deployedBench(options: Partial<BenchOptions> = {}) {
  const bench = await openBench({
    endpoint: moto.endpoint,
    nodes: { network },
    inputs: networkInputs,
    environmentInputs: { cidr: networkVariables.cidr, subnets: networkVariables.subnets },
    ...options,
  });
  await bench.deploy('network');
  return bench;
}

const us = { environment: 'us' };

describe('a check against the real cloud', () => {
  it('says nothing of an environment nobody touched, and changes nothing', async () => {
    await using bench = await deployedBench();
    using cloud = openConsole(moto.endpoint);
    const before = await cloud.snapshot();
    const state = await bench.read('.groundplan/state/us/network.tfstate');
    const report = await bench.service.check(us, bench.call);
    expect(report).toMatchObject({ environment: 'us', status: 'none', items: [], failures: [] });
    expect(await cloud.snapshot()).toBe(before);
    expect(await bench.read('.groundplan/state/us/network.tfstate')).toBe(state);
  });

  it('shows a group opened by hand and a deleted subnet by address and attribute', async () => {
    await using bench = await deployedBench();
    using cloud = openConsole(moto.endpoint);
    await cloud.openPort('shop-web', 22);
    await cloud.openPort('shop-data', 23);
    await cloud.deleteSubnet('10.20.0.0/24');
    await cloud.tagNetwork('10.20.0.0/16', { Owner: 'someone' });
    const before = await cloud.snapshot();
    const report = await bench.service.check(us, bench.call);
    expect(report.status).toBe('drifted');
    expect(report.failures).toEqual([]);
    const told = report.items.map(({ address, change, side, attributes }) => ({
      address,
      change,
      side,
      paths: attributes.map((attribute) => attribute.path),
    }));
    expect(told).toEqual([
      { address: 'aws_security_group.data', change: 'changed', side: 'reality', paths: ['ingress'] },
      { address: 'aws_security_group.web', change: 'changed', side: 'reality', paths: ['ingress'] },
      {
        address: 'aws_subnet.public["a"]',
        change: 'deleted',
        side: 'reality',
        paths: ['availability_zone', 'cidr_block', 'map_public_ip_on_launch', 'tags', 'vpc_id'],
      },
      { address: 'aws_vpc.main', change: 'changed', side: 'reality', paths: ['tags.Owner'] },
    ]);
    const web = { from_port: 443, to_port: 443, protocol: 'tcp', cidr_blocks: ['0.0.0.0/0'] };
    expect(report.items[1]?.attributes).toMatchObject([
      { expected: [web], actual: expect.arrayContaining([{ ...web, from_port: 22, to_port: 22, self: false }]) },
    ]);
    expect(report.items[2]).toMatchObject({
      cloudId: expect.stringMatching(/^subnet-/),
      resourceId: expect.stringContaining(':subnet/'),
      attributes: expect.arrayContaining([
        { path: 'cidr_block', expected: '10.20.0.0/24', actual: null, sensitive: false },
      ]),
    });
    expect(await cloud.snapshot()).toBe(before);
    expect(await bench.list('.groundplan/work/drift/us')).toEqual([]);
    const file = path.join(bench.root, '.groundplan', 'drift', 'us.json');
    expect((await stat(file)).mode & 0o077).toBe(0);
    expect(await bench.service.list(undefined, bench.call)).toEqual([report]);
    expect(bench.changed.flat()).toContain('drift');
  });

  it('tells what the code moved, and what both moved', async () => {
    await using bench = await deployedBench();
    using cloud = openConsole(moto.endpoint);
    await cloud.tagNetwork('10.20.0.0/16', { Name: 'renamed' });
    bench.variables.set('network', { ...networkVariables, name: 'market', visibility: 90 });
    const { items } = await bench.service.check(us, bench.call);
    const byAddress = Object.fromEntries(items.map((item) => [item.address, item]));
    expect(byAddress['aws_vpc.main']).toMatchObject({
      side: 'both',
      attributes: [{ path: 'tags.Name', expected: 'market', actual: 'renamed' }],
    });
    expect(byAddress['aws_subnet.public["b"]']).toMatchObject({
      side: 'code',
      attributes: [{ path: 'tags.Name', expected: 'market-b', actual: 'shop-b' }],
    });
  });

  it('names the steps that cannot be read, and never calls them undrifted', async () => {
    const elsewhere = { cloud: 'aws', account: '123456789012', region: 'eu-west-1' } as const;
    const nowhere = { cloud: 'aws', account: '123456789012', region: 'eu-west-2' } as const;
    const queue = { 'main.tf': 'resource "aws_sqs_queue" "one" {\n  name = "one"\n}\n' };
    await using bench = await openBench({
      endpoint: moto.endpoint,
      nodes: {
        broken: { files: queue, set: {}, variables: {}, target: elsewhere },
        down: { files: queue, set: {}, variables: {}, target: nowhere },
        fine: { files: queue, set: {}, variables: {} },
      },
      access: ({ region }) =>
        region === 'eu-west-2'
          ? new AppError('endpoint-unreachable', 'Nothing answers at 127.0.0.1:9.')
          : {
              cloud: 'aws',
              accountId: '123456789012',
              region,
              env: { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
              // An address of the test server that speaks no AWS.
              endpoint: region === 'eu-west-1' ? `${moto.endpoint}/moto-api/nowhere` : moto.endpoint,
            },
    });
    for (const id of ['broken', 'down', 'fine']) await bench.deploy(id);
    const report = await bench.service.check(us, bench.call);
    expect(report).toMatchObject({ status: 'failed', items: [] });
    expect(report.failures).toEqual([
      { node: 'broken', message: expect.any(String) },
      { node: 'down', message: expect.stringContaining('Nothing answers at 127.0.0.1:9.') },
    ]);
  });

  it('tells what moved in the cloud even where the code can no longer be planned', async () => {
    await using bench = await deployedBench();
    using cloud = openConsole(moto.endpoint);
    await cloud.openPort('shop-web', 22);
    const subnets = { a: { number: 999, public: true }, b: { number: 1, public: true } };
    bench.variables.set('network', { ...networkVariables, subnets });
    const report = await bench.service.check(us, bench.call);
    expect(report.items.map(({ address, side }) => [address, side])).toEqual([['aws_security_group.web', 'reality']]);
    expect(report.failures).toMatchObject([
      { node: 'network', message: expect.stringMatching(/only what moved in the cloud is told: main\.tf:\d+/) },
    ]);
  });

  it('says nothing of what resources of their own write into others', async () => {
    await using bench = await openBench({
      endpoint: moto.endpoint,
      nodes: { parts: { files: partsModule, set: {}, variables: {} } },
    });
    await bench.deploy('parts');
    expect(await bench.service.check(us, bench.call)).toMatchObject({ status: 'none', items: [], failures: [] });
  });

  it('stops when asked, leaving no report and no folder with variables', async () => {
    await using bench = await deployedBench();
    const stop = new AbortController();
    const check = bench.service.check(us, { ...bench.call, signal: stop.signal });
    setTimeout(() => stop.abort(), 200);
    await expect(check).rejects.toMatchObject({ code: 'cancelled' });
    expect(await bench.list('.groundplan/drift')).toEqual([]);
    expect(await bench.list('.groundplan/work/drift')).toEqual([]);
  });

  it('keeps secrets out of the report', async () => {
    const files = {
      'main.tf':
        'variable "password" {}\nresource "aws_sqs_queue" "one" {\n  name = "one"\n  tags = { Key = var.password }\n}\n',
    };
    const set = { password: '${inputs.password}' };
    const secret = { files, set, variables: { password: 'hunter22' }, sensitive: ['password'] };
    await using bench = await openBench({
      endpoint: moto.endpoint,
      nodes: { secret },
      inputs: { password: { type: 'string', sensitive: true } },
    });
    await bench.deploy('secret');
    bench.variables.set('secret', { password: 'swordfish' });
    const report = await bench.service.check(us, bench.call);
    expect(report.items[0]?.attributes).toEqual([{ path: 'tags.Key', expected: null, actual: null, sensitive: true }]);
    expect(await bench.read('.groundplan/drift/us.json')).not.toMatch(/swordfish/);
  });
});

describe('deciding', () => {
  it('ignores with a reason until a date, and only what was seen', async () => {
    await using bench = await deployedBench();
    using cloud = openConsole(moto.endpoint);
    await cloud.openPort('shop-web', 22);
    const [item] = (await bench.service.check(us, bench.call)).items;
    const items = [item?.id ?? ''];
    const ignored = await bench.service.ignore({ ...us, items, reason: 'bastion', until: null }, bench.call);
    expect(ignored).toMatchObject({
      status: 'none',
      items: [{ decision: { action: 'ignore', by: 'ada', reason: 'bastion' } }],
    });
    expect(await bench.service.check(us, bench.call)).toMatchObject({ status: 'none', items: [{ id: items[0] }] });
    await cloud.openPort('shop-web', 3389);
    expect(await bench.service.check(us, bench.call)).toMatchObject({
      status: 'drifted',
      items: [{ id: items[0], decision: null }],
    });

    const until = bench.pass(0) + 1000;
    await bench.service.ignore({ ...us, items, reason: 'this week', until }, bench.call);
    bench.pass(2000);
    expect(await bench.service.list(undefined, bench.call)).toMatchObject([
      { status: 'drifted', items: [{ decision: null }] },
    ]);
    await expect(bench.service.ignore({ ...us, items, reason: 'late', until }, bench.call)).rejects.toMatchObject({
      code: 'bad-input',
    });
  });

  it('reverts by a proposal, and asks again when it came to nothing', async () => {
    await using bench = await deployedBench();
    using cloud = openConsole(moto.endpoint);
    await cloud.openPort('shop-web', 22);
    await cloud.openPort('shop-data', 22);
    const [data, web] = (await bench.service.check(us, bench.call)).items;
    const deployment = await bench.service.revert({ ...us, items: [web?.id ?? ''], reason: '' }, bench.call);
    expect(deployment.id).toBe('d-1');
    expect(bench.proposals).toEqual([{ environment: 'us', reason: 'Put back what moved: aws_security_group.web' }]);
    const decisions = async () =>
      (await bench.service.check(us, bench.call)).items.map((item) => item.decision?.result ?? null);
    expect(await decisions()).toEqual([null, 'd-1']);
    bench.states.set('d-1', 'REJECTED');
    expect((await bench.service.list(undefined, bench.call))[0]?.items.map((item) => item.decision)).toEqual([
      null,
      null,
    ]);
    expect(await decisions()).toEqual([null, null]);

    await expect(
      bench.service.revert({ ...us, items: [data?.id ?? ''], reason: '' }, bench.call),
    ).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('nothing in the code decides ingress'),
    });

    await bench.deploy('network');
    const left = (await bench.service.check(us, bench.call)).items.map((item) => item.address);
    expect(left).not.toContain('aws_security_group.web');
  });

  it('names a damaged report, and a check writes a new one', async () => {
    await using bench = await deployedBench();
    await bench.service.check(us, bench.call);
    const file = path.join(bench.root, '.groundplan', 'drift', 'us.json');
    await writeFile(file, '{"format": 1, "env');
    expect(await bench.service.list(undefined, bench.call)).toMatchObject([
      { environment: 'us', status: 'failed', failures: [{ node: '.groundplan/drift/us.json' }] },
    ]);
    await expect(bench.service.revert({ ...us, items: ['x'], reason: '' }, bench.call)).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('us.json'),
    });
    expect(await bench.service.check(us, bench.call)).toMatchObject({ status: 'none' });
  });

  it('says so when there is nothing to check or no such difference', async () => {
    await using bench = await deployedBench();
    await expect(bench.service.check({ environment: 'asia' }, bench.call)).rejects.toMatchObject({ code: 'not-found' });
    await expect(bench.service.accept({ ...us, items: ['x'], reason: '' }, bench.call)).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('never checked'),
    });
    await bench.service.check(us, bench.call);
    await expect(bench.service.accept({ ...us, items: ['x'], reason: '' }, bench.call)).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
