import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { snapshotOf, subnetItem, vpcItem } from '#test/support/imports/config-snapshot.ts';
import { createImportBench, edgeLines, type ImportBench } from '#test/support/imports/import-bench.ts';
import { zipOf } from '#test/support/imports/zip.ts';

let bench: ImportBench;
beforeEach(async () => {
  bench = await createImportBench();
});
afterEach(() => bench.close());

const lineage = '77777777-7777-4777-8777-777777777777';
const account = 'aws:account:111122223333';
const vpcArn = 'arn:aws:ec2:eu-central-1:111122223333:vpc/vpc-0a1b2c3d';
const group = '/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/RG-Shop';

interface Entry {
  readonly type: string;
  readonly name?: string;
  readonly module?: string;
  readonly mode?: string;
  readonly instances: readonly unknown[];
}

const stateOf = (resources: readonly (Entry | Record<string, unknown>)[], more: Record<string, unknown> = {}) =>
  JSON.stringify(
    {
      version: 4,
      terraform_version: '1.12.6',
      serial: 3,
      lineage,
      outputs: { token: { value: 'hunter2', type: 'string', sensitive: true } },
      resources: resources.map((entry) => ({
        mode: 'managed',
        name: 'main',
        provider: 'provider["r/hashicorp/x"]',
        ...entry,
      })),
      ...more,
    },
    null,
    2,
  );
const one = (type: string, attributes: Record<string, unknown>, more: Record<string, unknown> = {}): Entry => ({
  type,
  instances: [{ schema_version: 0, attributes, sensitive_attributes: [], ...more }],
});
const vpc = one('aws_vpc', { id: 'vpc-0a1b2c3d', arn: vpcArn, cidr_block: '10.0.0.0/16', tags: { Name: 'main' } });

describe('a state', () => {
  test('gives resources at the ids of a live run, each managed by it, over three clouds', async () => {
    const { coverage, file, relationships, resources } = await bench.importFiles({
      'shop.tfstate': stateOf([
        { ...vpc, module: 'module.network' },
        one('aws_subnet', { id: 'subnet-0a1b2c3d', vpc_id: 'vpc-0a1b2c3d', availability_zone: 'eu-central-1a' }),
        one('azurerm_virtual_network', {
          id: `${group}/providers/Microsoft.Network/virtualNetworks/Shop`,
          name: 'Shop',
          location: 'westeurope',
          address_space: ['10.30.0.0/16'],
        }),
        one('google_compute_network', {
          id: 'projects/shop/global/networks/main',
          name: 'main',
          self_link: 'https://www.googleapis.com/compute/v1/projects/shop/global/networks/main',
        }),
        { ...one('aws_caller_identity', { id: '1' }), mode: 'data' },
      ]),
    });
    expect(file).toMatchObject({ status: 'read', records: 5, broken: 0, resources: 5, notes: [] });
    expect(file.passedOver).toEqual([{ why: 'a data source, which a state reads and does not manage', records: 1 }]);
    expect(resources.map(({ fact }) => `${fact.kind} ${fact.id}`).sort()).toEqual([
      'aws.ec2.subnet arn:aws:ec2:eu-central-1:111122223333:subnet/subnet-0a1b2c3d',
      `aws.ec2.vpc ${vpcArn}`,
      `azure.network.virtualnetworks ${group.toLowerCase()}/providers/microsoft.network/virtualnetworks/shop`,
      'gcp.compute.network //compute.googleapis.com/projects/shop/global/networks/main',
      `other.terraform.state tf://${lineage}`,
    ]);
    const claims = relationships.filter(({ fact }) => fact.type === 'MANAGED_BY');
    expect(claims.find(({ fact }) => fact.from === vpcArn)?.fact).toMatchObject({
      to: `tf://${lineage}`,
      properties: {
        name: 'shop.tfstate',
        workspace: null,
        address: 'module.network.aws_vpc.main',
        module: 'module.network',
        cell: { scope: account, region: 'eu-central-1', kind: 'aws.ec2.vpc' },
      },
    });
    expect(claims).toHaveLength(4);
    expect(edgeLines(relationships)).toContain('subnet/subnet-0a1b2c3d -IN_NETWORK-> vpc/vpc-0a1b2c3d');
    expect(coverage.filter(({ status }) => status === 'complete').map(({ kind }) => kind)).toEqual([
      'other.terraform.state',
    ]);
  });

  test('never has the last word: what a listing does not hold is not there, whichever came first', async () => {
    const listed = async () => {
      const writer = await bench.facts.startRun({ source: 'live', clouds: ['aws'] });
      const cell = { scope: account, region: 'eu-central-1', kind: 'aws.ec2.vpc' };
      await writer.finishCell({ ...cell, status: 'complete', pages: 1, rows: 0, error: null, permission: null });
      await writer.finish({ status: 'complete', error: null });
    };
    const state = { 'shop.tfstate': stateOf([vpc]) };
    const kinds = (resources: readonly { readonly fact: { readonly kind: string } }[]) =>
      resources.map(({ fact }) => fact.kind).sort();
    expect(kinds((await bench.importFiles(state)).resources)).toEqual(['aws.ec2.vpc', 'other.terraform.state']);
    await listed();
    expect(kinds((await bench.view()).resources)).toEqual(['other.terraform.state']);
    expect(kinds((await bench.importFiles(state)).resources)).toEqual(['other.terraform.state']);
  });

  test('imported again manages what it holds then, and nothing else', async () => {
    await bench.importFiles({
      'shop.tfstate': stateOf([vpc, one('aws_sqs_queue', { arn: 'arn:aws:sqs:eu-central-1:111122223333:a' })]),
    });
    const { relationships, resources } = await bench.importFiles({ 'shop.tfstate': stateOf([vpc], { serial: 4 }) });
    expect(relationships.filter(({ fact }) => fact.type === 'MANAGED_BY').map(({ fact }) => fact.from)).toEqual([
      vpcArn,
    ]);
    expect(resources.find(({ fact }) => fact.id === `tf://${lineage}`)?.fact.raw).toMatchObject({
      serial: 4,
      managed: 1,
    });
    // It said once that the queue was there, and is no listing that could take that back.
    expect(resources.map(({ fact }) => fact.kind)).toContain('aws.sqs.queue');
  });

  test('with a snapshot in the same import leaves the snapshot whole', async () => {
    const { coverage, resources } = await bench.importFiles({
      'shop.tfstate': stateOf([vpc]),
      'snapshot.json': JSON.stringify(snapshotOf([vpcItem('vpc-1'), subnetItem('subnet-1', 'vpc-1')])),
    });
    expect(coverage.find(({ kind }) => kind === 'aws.ec2.vpc')).toMatchObject({ status: 'complete', rows: 1 });
    expect(resources.filter(({ fact }) => fact.kind === 'aws.ec2.vpc').map(({ fact }) => fact.nativeId)).toEqual([
      'vpc-1',
    ]);
  });

  test('is called by its folder and workspace where its file is called like all others', async () => {
    const { relationships, report } = await bench.importFiles({
      'all.zip': zipOf([
        { name: 'shop/terraform.tfstate.d/prod/terraform.tfstate', content: stateOf([vpc]) },
        { name: 'shop/terraform.tfstate.d/dev/terraform.tfstate', content: stateOf([vpc]) },
        { name: 'shop/terraform.tfstate.backup', content: stateOf([vpc]) },
      ]),
    });
    expect(
      relationships
        .filter(({ fact }) => fact.type === 'MANAGED_BY')
        .map(({ fact }) => `${fact.to} ${fact.properties['name'] as string} ${fact.properties['workspace'] as string}`)
        .sort(),
    ).toEqual([`tf://${lineage}/dev shop/terraform.tfstate dev`, `tf://${lineage}/prod shop/terraform.tfstate prod`]);
    expect(report.files[2]?.notes[0]).toMatch('A backup that the tool made before a change');
  });

  test('keeps no secret: not by mark, by name, in a text of JSON, in outputs or in private data', async () => {
    const { resources } = await bench.importFiles({
      'shop.tfstate': stateOf([
        one(
          'aws_db_instance',
          {
            arn: 'arn:aws:rds:eu-central-1:111122223333:db:orders',
            identifier: 'orders',
            password: 'hunter2',
            description: 'hunter2',
            nested: [{ note: 'hunter2', kept: 'kept' }],
            url: 'postgres://me:hunter2@db',
            kms_key_id: 'arn:aws:kms:eu-central-1:111122223333:key/1',
          },
          {
            private: 'hunter2',
            sensitive_attributes: [
              [{ type: 'get_attr', value: 'description' }],
              [
                { type: 'get_attr', value: 'nested' },
                { type: 'index', value: { value: 0, type: 'number' } },
                { type: 'get_attr', value: 'note' },
              ],
            ],
          },
        ),
        one('aws_lambda_function', {
          arn: 'arn:aws:lambda:eu-central-1:111122223333:function:f',
          environment: [{ variables: { COLOUR: 'hunter2' } }],
          definitions: JSON.stringify([{ environment: [{ name: 'COLOUR', value: 'hunter2' }] }]),
        }),
        one('azurerm_storage_account', {
          id: `${group}/providers/Microsoft.Storage/storageAccounts/s`,
          primary_access_key: 'hunter2',
          primary_connection_string: 'hunter2',
        }),
        one('google_compute_instance', {
          id: 'projects/shop/zones/europe-west1-b/instances/web',
          self_link: 'https://www.googleapis.com/compute/v1/projects/shop/zones/europe-west1-b/instances/web',
          metadata_startup_script: 'hunter2',
          metadata: { key: 'hunter2' },
        }),
      ]),
    });
    const text = JSON.stringify(resources.map(({ fact }) => fact));
    expect(text).not.toContain('hunter2');
    expect(text).toContain('"COLOUR":"(removed)"');
    expect(text).toContain('"kept":"kept"');
    expect(text).toContain('key/1');
  });

  test('says what it has no place for, and names what is broken; the rest is read', async () => {
    const text = stateOf([
      one('aws_sns_topic_subscription', { arn: 'arn:aws:sns:eu-central-1:111122223333:t:1' }),
      one('aws_route', { id: 'r-rtb-1' }),
      one('aws_route', { id: 'r-rtb-2' }),
      { type: 'aws_vpc', instances: 'none' },
      { name: 'x', instances: [] },
      vpc,
    ]);
    const { file, resources } = await bench.importFiles({ 'shop.tfstate': text });
    expect(file).toMatchObject({ status: 'partly', records: 6, broken: 2, resources: 2 });
    expect(file.problems.map(({ why }) => why)).toEqual(['It has no list of instances', 'It has no type']);
    expect(file.notes).toEqual([
      'Kept as managed, without a kind of their own on the map: aws_sns_topic_subscription 1.',
      'Left out, because nothing says which resource of a cloud they are: aws_route 2.',
    ]);
    expect(resources.map(({ fact }) => fact.kind).sort()).toEqual(['aws.ec2.vpc', 'other.terraform.state']);
  });
});

describe('a file that cannot be used', () => {
  test.each([
    [
      'encrypted',
      { serial: 1, lineage, meta: {}, encrypted_data: 'x', encryption_version: 'v0' },
      'The state is encrypted.',
    ],
    [
      'printed in a newer format',
      { format_version: '2.0', terraform_version: '2.0.0', values: {} },
      'The state is in format 2.0, which is newer than this program knows.',
    ],
    [
      'a plan in a newer format',
      { format_version: '2.1', planned_values: {}, resource_changes: [], prior_state: {} },
      'The plan is in format 2.1, which is newer than this program knows.',
    ],
    ['of version 3', { version: 3, serial: 1, lineage, modules: [] }, 'is of version 3, which tools wrote before 2019'],
    ['of a version to come', { version: 5, serial: 1, lineage, resources: [] }, 'is of version 5, which is newer'],
    [
      'only the settings of a backend',
      { version: 3, serial: 1, lineage, backend: { type: 's3' } },
      'It only says where the state is kept',
    ],
  ])('%s is refused with the way out', async (_of, content, message) => {
    const { file, run } = await bench.importFiles({ 'terraform.tfstate': JSON.stringify(content) });
    expect(file).toMatchObject({ status: 'refused', resources: 0 });
    expect(file.error).toMatch(message);
    expect(file.error).toMatch(/show -json|state pull/);
    expect(run.status).toBe('failed');
  });

  test('cut off gives what comes before, and manages no less than it did', async () => {
    const whole = stateOf([vpc, one('aws_sqs_queue', { arn: 'arn:aws:sqs:eu-central-1:111122223333:a' })]);
    await bench.importFiles({ 'shop.tfstate': whole });
    const cut = whole.slice(0, whole.indexOf('aws_sqs_queue') + 20);
    const { file, relationships } = await bench.importFiles({ 'shop.tfstate': cut });
    expect(file).toMatchObject({ status: 'partly', broken: 1 });
    expect(file.error).toMatch('cut off');
    expect(relationships.filter(({ fact }) => fact.type === 'MANAGED_BY')).toHaveLength(2);
  });

  test('an empty state is read, and manages nothing', async () => {
    const { file, run } = await bench.importFiles({ 'shop.json': '{"format_version":"1.0"}' });
    expect(file).toMatchObject({ format: 'terraform-state', status: 'read', records: 0 });
    expect(run.status).toBe('complete');
  });
});
