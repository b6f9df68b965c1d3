import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startMoto, type Moto } from '#test/support/toolchain/index.ts';
import { openConsole } from './cloud.ts';
import { networkInputs, networkModule, networkSet, networkVariables } from './modules.ts';
import { openBench, type BenchNode } from './workbench.ts';

let moto: Moto;
beforeAll(async () => {
  moto = await startMoto();
});
afterAll(() => moto?.stop());
beforeEach(() => moto.reset());

const us = { environment: 'us' };
const network: BenchNode = { files: networkModule, set: networkSet, variables: networkVariables };

async function deployedBench() {
  const bench = await openBench({
    endpoint: moto.endpoint,
    nodes: { network },
    inputs: networkInputs,
    environmentInputs: { cidr: networkVariables.cidr, subnets: networkVariables.subnets },
  });
  await bench.deploy('network');
  const itemsAt = async (...addresses: string[]) =>
    (await bench.service.check(us, bench.call)).items
      .filter((item) => addresses.includes(item.address))
      .map((item) => item.id);
  return Object.assign(bench, { itemsAt });
}

describe('accepting', () => {
  it('changes the one input that decides it, and is gone once that is deployed', async () => {
    await using bench = await deployedBench();
    using cloud = openConsole(moto.endpoint);
    await cloud.deleteSubnet('10.20.0.0/24');
    const before = await cloud.snapshot();
    const items = await bench.itemsAt('aws_subnet.public["a"]');
    const accepted = await bench.service.accept({ ...us, items, reason: 'not needed' }, bench.call);
    expect(accepted).toMatchObject({ changed: ['environments/us.yaml: inputs.subnets'], draft: null });
    expect(accepted.report.items).toMatchObject([
      { decision: { action: 'accept', result: null, reason: 'not needed' } },
    ]);
    expect((await bench.environments.read('us'))?.inputs).toEqual({
      cidr: networkVariables.cidr,
      subnets: { b: { number: 1, public: true } },
    });
    expect(await cloud.snapshot()).toBe(before);

    bench.pass(1000);
    bench.deployed();
    const unlike = await bench.service.check(us, bench.call);
    expect(unlike.items).toMatchObject([{ id: items[0], decision: null }]);
    bench.variables.set('network', { ...networkVariables, subnets: { b: { number: 1, public: true } } });
    expect(await bench.service.check(us, bench.call)).toMatchObject({ status: 'none', items: [] });
  });

  it('makes a draft version with the attribute changed in place, comments kept', async () => {
    await using bench = await deployedBench();
    using cloud = openConsole(moto.endpoint);
    await cloud.openPort('shop-web', 22);
    await cloud.tagNetwork('10.20.0.0/16', { Owner: 'someone' });
    const items = await bench.itemsAt('aws_security_group.web', 'aws_vpc.main');
    const accepted = await bench.service.accept({ ...us, items, reason: '' }, bench.call);
    expect(accepted).toMatchObject({ changed: ['artifacts/network/main.tf'], draft: 'shop@1.0.1' });
    const text = await bench.read('artifacts/network/main.tf');
    const expected = networkModule['main.tf']
      .replace('{ Name = var.name }\n', 'merge({ Name = var.name }, { Owner = "someone" })\n')
      .replace(
        '    cidr_blocks = ["0.0.0.0/0"]\n  }\n',
        `    cidr_blocks = ["0.0.0.0/0"]
  }

  ingress {
    cidr_blocks = ["0.0.0.0/0"]
    from_port   = 22
    protocol    = "tcp"
    to_port     = 22
  }
`,
      );
    expect(text).toBe(expected);
    expect(await bench.read('artifacts/network/artifact.yaml')).toBe('# Kept by the network team.\nversion: 1.0.1\n');
    expect((await bench.releases.resolve('shop@1.0.0')).intact).toBe(true);
    expect((await bench.blueprints.get({ name: 'shop' }, bench.call)).document).toMatchObject({
      version: '1.0.1',
      nodes: { network: { use: 'network@1.0.1', set: networkSet } },
    });
    expect(accepted.report.items.every((item) => item.decision?.result === 'shop@1.0.1')).toBe(true);
  });

  it('sets in a draft of the blueprint what a default of the module decides', async () => {
    await using bench = await deployedBench();
    using cloud = openConsole(moto.endpoint);
    await cloud.setVisibility('shop-jobs', 90);
    const items = await bench.itemsAt('aws_sqs_queue.jobs');
    const accepted = await bench.service.accept({ ...us, items, reason: '' }, bench.call);
    expect(accepted).toMatchObject({
      changed: ['blueprints/shop/blueprint.yaml: nodes.network.set.visibility'],
      draft: 'shop@1.0.1',
    });
    expect((await bench.blueprints.get({ name: 'shop' }, bench.call)).document).toMatchObject({
      version: '1.0.1',
      nodes: { network: { use: 'network@1.0.0', set: { ...networkSet, visibility: 90 } } },
    });
  });

  it('refuses what cannot be done safely, saying why, and writes nothing', async () => {
    await using bench = await deployedBench();
    using cloud = openConsole(moto.endpoint);
    await cloud.tagNetwork('10.20.0.0/16', { Name: 'renamed' });
    await cloud.openPort('shop-data', 22);
    const before = await bench.read('artifacts/network/main.tf');
    const [data] = await bench.itemsAt('aws_security_group.data');
    await expect(bench.service.accept({ ...us, items: [data ?? ''], reason: '' }, bench.call)).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('the code writes it with resources of its own'),
    });
    await cloud.openPort('shop-web', 22);
    const web = await bench.itemsAt('aws_security_group.web');
    await writeFile(path.join(bench.root, 'artifacts', 'network', 'main.tf'), `${before}# edited\n`);
    await expect(bench.service.accept({ ...us, items: web, reason: '' }, bench.call)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('was edited since it was published'),
    });
    await cloud.openPort('shop-web', 25);
    await expect(bench.service.accept({ ...us, items: web, reason: '' }, bench.call)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('has moved again'),
    });
    expect(await bench.read('artifacts/network/main.tf')).toBe(`${before}# edited\n`);
    expect((await bench.blueprints.get({ name: 'shop' }, bench.call)).document?.version).toBe('1.0.0');
    expect(await bench.list('.groundplan/work/drift/us')).toEqual([]);
  });
});
