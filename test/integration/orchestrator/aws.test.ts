import { CreateTagsCommand, DeleteSubnetCommand, DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createBench, person, regional, temporaryFolder } from '#test/support/orchestrator/index.ts';
import { startMoto, type Moto } from '#test/support/toolchain/index.ts';

let moto: Moto;
let ec2: EC2Client;
beforeAll(async () => {
  moto = await startMoto();
  ec2 = new EC2Client({
    endpoint: moto.endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
});
afterAll(async () => {
  ec2.destroy();
  await moto.stop();
});
beforeEach(() => moto.reset());

describe('a deployment to AWS with the real provider', () => {
  it('makes network, data and application, wires real ids on, and knows what it manages by ARN', async () => {
    await using folder = await temporaryFolder();
    await using bench = await createBench({ root: folder.path, endpoint: moto.endpoint, blueprints: [regional()] });
    const { id } = await bench.propose('regional', { inputs: { cidr: '10.20.0.0/16' } });
    const planned = await bench.until(id, ['AWAITING_APPROVAL']);
    expect(planned.nodes.map((node) => [node.id, node.planned, node.stage])).toEqual([
      ['network', 'exact', 1],
      ['data', 'exact', 2],
      ['application', 'deferred', 3],
    ]);
    const review = await bench.orchestrator.deployments.review({ id }, person);
    expect(review.counts).toEqual({ create: 5, update: 0, delete: 0, replace: 0, import: 0 });
    expect(review.radius.affected).toEqual([]);
    const vpc = planned.nodes[0]?.changes.find((change) => change.address === 'aws_vpc.main');
    expect(vpc?.attributes).toContainEqual({
      path: 'cidr_block',
      before: null,
      after: '10.20.0.0/16',
      mark: 'known',
      forcesReplacement: false,
    });
    expect(vpc?.attributes.find((attribute) => attribute.path === 'id')?.mark).toBe('later');
    await bench.approve(id);
    const done = await bench.until(id, ['SUCCEEDED']);
    expect(done.nodes.map((node) => node.state)).toEqual(['DONE', 'DONE', 'DONE']);
    const { Vpcs: vpcs = [] } = await ec2.send(
      new DescribeVpcsCommand({ Filters: [{ Name: 'cidr', Values: ['10.20.0.0/16'] }] }),
    );
    expect(bench.orchestrator.overlay().managed).toContainEqual({
      resourceId: `arn:aws:ec2:eu-west-1:123456789012:vpc/${vpcs[0]?.VpcId ?? ''}`,
      environment: 'test',
      node: 'network',
      address: 'aws_vpc.main',
      version: '1.0.0',
    });
    expect(bench.orchestrator.overlay().changed.map((row) => row.action)).toEqual(Array(5).fill('create'));

    // What somebody changes between planning and the first apply is found, although no state has moved.
    const change = await bench.propose('regional', { inputs: { cidr: '10.20.0.0/16' } });
    await bench.until(change.id, ['AWAITING_APPROVAL']);
    const vpcId = vpcs[0]?.VpcId ?? '';
    await ec2.send(new CreateTagsCommand({ Resources: [vpcId], Tags: [{ Key: 'Name', Value: 'by hand' }] }));
    await bench.approve(change.id);
    const stopped = await bench.until(change.id, ['NEEDS_REAPPROVAL']);
    expect(stopped.problems).toMatchObject([{ code: 'state-moved', node: 'network' }]);
    await bench.orchestrator.deployments.replan({ id: change.id }, person);
    const again = await bench.until(change.id, ['AWAITING_APPROVAL']);
    expect(again.nodes[0]?.changes).toMatchObject([
      {
        address: 'aws_vpc.main',
        action: 'update',
        attributes: [{ path: 'tags.Name', before: 'by hand', after: 'main-eu-west-1' }],
      },
    ]);
    const second = await bench.orchestrator.deployments.review({ id: change.id }, person);
    expect(second.radius.affected.map((one) => one.id)).toEqual([`arn:aws:ec2:eu-west-1:123456789012:vpc/${vpcId}`]);
    await bench.approve(change.id);
    await bench.until(change.id, ['SUCCEEDED']);
  });

  it('adopts what exists without changing it, and then makes what is missing', async () => {
    await using folder = await temporaryFolder();
    await using bench = await createBench({ root: folder.path, endpoint: moto.endpoint, blueprints: [regional()] });
    await bench.deploy('regional', { environment: 'made', inputs: { cidr: '10.21.0.0/16' } });
    const made = bench.orchestrator.overlay().managed;
    const managed = bench.orchestrator.environments();
    expect(managed).toMatchObject([{ name: 'made', resources: 5 }]);

    await using other = await createBench({
      root: `${folder.path}/other`,
      endpoint: moto.endpoint,
      blueprints: [regional()],
    });
    const nativeId = (arn: string): string => arn.split('/').at(-1) ?? '';
    const idOf = (address: string): string => nativeId(made.find((row) => row.address === address)?.resourceId ?? '');
    const subnets = ['aws_subnet.private[0]', 'aws_subnet.private[1]'] as const;
    other.environments.set('eu', {
      environment: 'eu',
      blueprint: 'regional@1.0.0',
      target: { cloud: 'aws', account: '123456789012', region: 'eu-west-1' },
      inputs: { cidr: '10.21.0.0/16' },
      imports: {
        network: {
          'aws_vpc.main': idOf('aws_vpc.main'),
          [subnets[0]]: idOf(subnets[0]),
          [subnets[1]]: idOf(subnets[1]),
        },
        data: { 'aws_sqs_queue.orders': `${moto.endpoint}/123456789012/orders-eu-west-1` },
      },
    });
    const { id, kind } = await other.propose('regional', { environment: 'eu' });
    expect(kind).toBe('adopt');
    const planned = await other.until(id, ['AWAITING_APPROVAL']);
    expect(planned.nodes.map((node) => [node.id, node.planned])).toEqual([
      ['network', 'exact'],
      ['data', 'exact'],
      // Everything it needs is known already: nothing has to be made first.
      ['application', 'exact'],
    ]);
    const review = await other.orchestrator.deployments.review({ id }, person);
    expect(review.counts).toMatchObject({ import: 4, update: 0, delete: 0 });
    await other.approve(id);
    // The group of that name exists in this network; the cloud's own refusal is what a person reads.
    const partial = await other.until(id, ['PARTIAL']);
    expect(partial.nodes.map((node) => node.state)).toEqual(['DONE', 'DONE', 'FAILED']);
    expect(partial.problems[0]?.message).toContain('InvalidGroup.Duplicate');
    expect(other.orchestrator.environments()).toMatchObject([{ status: 'partial', resources: 4 }]);
  });

  it('shows a resource that is gone as one to make again', async () => {
    await using folder = await temporaryFolder();
    await using bench = await createBench({ root: folder.path, endpoint: moto.endpoint, blueprints: [regional()] });
    await bench.deploy('regional', { inputs: { cidr: '10.22.0.0/16' } });
    const subnet = bench.orchestrator.overlay().managed.find((row) => row.address === 'aws_subnet.private[1]');
    await ec2.send(new DeleteSubnetCommand({ SubnetId: subnet?.resourceId.split('/').at(-1) ?? '' }));
    const { id } = await bench.orchestrator.proposeRevert({ environment: 'test', reason: 'drift' }, person);
    const planned = await bench.until(id, ['AWAITING_APPROVAL']);
    expect(planned.nodes[0]?.changes).toMatchObject([{ address: 'aws_subnet.private[1]', action: 'create' }]);
    await bench.approve(id);
    await bench.until(id, ['SUCCEEDED']);
  });
});
