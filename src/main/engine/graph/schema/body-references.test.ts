import { describe, expect, test } from 'vitest';
import { bodyReference, idsInBody, ownersOf } from './body-references.ts';

const own = { id: 'arn:aws:lambda:eu-west-1:111111111111:function:shop', nativeId: 'shop' };

function idsIn(body: unknown): readonly string[] {
  return idsInBody(JSON.stringify(body), own).ids;
}

describe('ids in a body', () => {
  test.each<[string, unknown, readonly string[]]>([
    [
      'an ARN as a value',
      { Key: 'arn:aws:kms:eu-west-1:111111111111:key/k-1' },
      ['arn:aws:kms:eu-west-1:111111111111:key/k-1'],
    ],
    [
      'an ARN inside a text',
      { Text: 'see arn:aws:sns:eu-west-1:111111111111:alerts, please' },
      ['arn:aws:sns:eu-west-1:111111111111:alerts'],
    ],
    [
      'an ARN in a policy that is a text',
      { Policy: '{"Resource":"arn:aws:sqs:eu-west-1:111111111111:orders"}' },
      ['arn:aws:sqs:eu-west-1:111111111111:orders'],
    ],
    [
      'a function in an address of API Gateway',
      {
        Uri: 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:111111111111:function:pay:live/invocations',
      },
      ['arn:aws:lambda:eu-west-1:111111111111:function:pay'],
    ],
    [
      'objects of a bucket',
      { Resource: ['arn:aws:s3:::invoices/*', 'arn:aws:s3:::invoices'] },
      ['arn:aws:s3:::invoices'],
    ],
    [
      'a log group with all its streams',
      { Arn: 'arn:aws:logs:eu-west-1:111111111111:log-group:/aws/shop:*' },
      ['arn:aws:logs:eu-west-1:111111111111:log-group:/aws/shop'],
    ],
    [
      'a session of a role',
      { Arn: 'arn:aws:sts::111111111111:assumed-role/deploy/me' },
      ['arn:aws:iam::111111111111:role/deploy'],
    ],
    [
      'a subscription',
      { a: 'arn:aws:sns:eu-west-1:111111111111:alerts:18d3a92d' },
      ['arn:aws:sns:eu-west-1:111111111111:alerts'],
    ],
    [
      'a rule of a listener',
      { a: 'arn:aws:elasticloadbalancing:eu-west-1:111111111111:listener-rule/app/web/1/2/3' },
      ['arn:aws:elasticloadbalancing:eu-west-1:111111111111:listener/app/web/1/2'],
    ],
    ['another partition', { Arn: 'arn:aws-cn:iam::111111111111:role/a' }, ['arn:aws-cn:iam::111111111111:role/a']],
    [
      'short ids',
      { Subnets: ['subnet-0a1b2c3d', 'sg-0123456789abcdef0'], Via: 'tgw-attach-0a1b2c3d' },
      ['subnet-0a1b2c3d', 'sg-0123456789abcdef0', 'tgw-attach-0a1b2c3d'],
    ],
    [
      'an Azure id of a subscription, without a resource group',
      {
        roleDefinitionId: '/subscriptions/S/providers/Microsoft.Authorization/roleDefinitions/R',
        operation: '/subscriptions/S/providers/Microsoft.Network/locations/westeurope/operations/O',
      },
      ['/subscriptions/s/providers/microsoft.authorization/roledefinitions/r'],
    ],
    [
      'an Azure id in any case, as a value or a key',
      { '/subscriptions/S/resourceGroups/G/providers/Microsoft.Network/virtualNetworks/V': {} },
      ['/subscriptions/s/resourcegroups/g/providers/microsoft.network/virtualnetworks/v'],
    ],
    [
      'a self link',
      { network: 'https://www.googleapis.com/compute/v1/projects/p/global/networks/n' },
      ['//compute.googleapis.com/projects/p/global/networks/n'],
    ],
    [
      'a self link of the newer form',
      { network: 'https://compute.googleapis.com/compute/v1/projects/p/global/networks/n' },
      ['//compute.googleapis.com/projects/p/global/networks/n'],
    ],
    [
      'the full name of an asset',
      { a: '//pubsub.googleapis.com/projects/p/topics/t' },
      ['//pubsub.googleapis.com/projects/p/topics/t'],
    ],
  ])('are found: %s', (_what, body, ids) => {
    expect(idsIn(body)).toEqual(ids);
  });

  test.each<[string, unknown]>([
    ['words and numbers', { a: 'default', b: '1', c: 1, d: 'i-am', e: 'sg-default', f: 'vpc-1', g: 'us-east-1' }],
    ['short ids inside other words', { a: 'my-subnet-0a1b2c3d', b: 'subnet-0a1b2c3d/route', c: 'subnet-0a1b2c3de' }],
    ['patterns', { Resource: ['arn:aws:sqs:*:*:*', 'arn:aws:iam::111111111111:role/app-*', 'arn:aws:s3:::${bucket}'] }],
    ['a whole account', { Principal: 'arn:aws:iam::111111111111:root' }],
    ['the resource itself, by id, name or version', { a: own.id, b: `${own.id}:$LATEST`, c: 'shop' }],
    [
      'what an Azure id is not',
      {
        d: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks',
        a: '/subscriptions/s',
        b: '/subscriptions/s/resourceGroups/g',
        c: '/etc/passwd',
      },
    ],
    ['addresses of the web', { a: 'https://example.org/projects/p', b: 'https://www.googleapis.com/auth/compute' }],
  ])('are not made of %s', (_what, body) => {
    expect(idsIn(body)).toEqual([]);
  });

  test('are no more than a body may name', () => {
    const Resource = Array.from({ length: 1000 }, (_, index) => `arn:aws:sqs:eu-west-1:111111111111:queue-${index}`);
    expect(idsIn({ Resource })).toHaveLength(64);
    expect(idsInBody(JSON.stringify({ Resource, again: Resource }), own).unfollowed).toBe(936);
    // What relationships tell already takes no room from the others.
    const told = new Set(Resource.slice(0, 950));
    const { ids, unfollowed } = idsInBody(JSON.stringify({ Resource }), own, (id) => told.has(id));
    expect([ids, unfollowed]).toEqual([Resource.slice(950), 0]);
  });
});

const queue = {
  id: '//cloudtasks.googleapis.com/projects/shop/locations/europe-west1/queues/q',
  nativeId: 'projects/shop/locations/europe-west1/queues/q',
};

describe('in a body of Google', () => {
  test.each<[string, unknown, readonly string[]]>([
    [
      'a name without its service',
      { kmsKeyName: 'projects/shop/locations/europe/keyRings/r/cryptoKeys/k' },
      ['projects/shop/locations/europe/keyRings/r/cryptoKeys/k'],
    ],
    ['a role of an organisation', { role: 'organizations/6001/roles/custom' }, ['organizations/6001/roles/custom']],
    [
      'a service account by its address',
      { a: 'web@shop.iam.gserviceaccount.com', b: ['serviceAccount:web@shop.iam.gserviceaccount.com'] },
      ['//iam.googleapis.com/projects/shop/serviceAccounts/web@shop.iam.gserviceaccount.com'],
    ],
    [
      'a service account by its name',
      {
        a: 'projects/shop/serviceAccounts/web@shop.iam.gserviceaccount.com',
        b: '//iam.googleapis.com/projects/shop/serviceAccounts/web@shop.iam.gserviceaccount.com',
      },
      [
        'projects/shop/serviceAccounts/web@shop.iam.gserviceaccount.com',
        '//iam.googleapis.com/projects/shop/serviceAccounts/web@shop.iam.gserviceaccount.com',
      ],
    ],
    [
      'an account that Google made for a project',
      { a: '123456-compute@developer.gserviceaccount.com', b: 'serviceAccount:shop@appspot.gserviceaccount.com' },
      [
        '//iam.googleapis.com/projects/123456/serviceAccounts/123456-compute@developer.gserviceaccount.com',
        '//iam.googleapis.com/projects/shop/serviceAccounts/shop@appspot.gserviceaccount.com',
      ],
    ],
    ['a bucket by its address', { source: 'gs://shop-code/app/1.zip' }, ['//storage.googleapis.com/shop-code']],
    [
      'a link of a service’s own host, a cluster by its location',
      { a: 'https://container.googleapis.com/v1/projects/shop/zones/europe-west1-b/clusters/c' },
      ['//container.googleapis.com/projects/shop/locations/europe-west1-b/clusters/c'],
    ],
    [
      'a database by the name its assets have',
      { a: 'https://sqladmin.googleapis.com/sql/v1beta4/projects/shop/instances/db' },
      ['//cloudsql.googleapis.com/projects/shop/instances/db'],
    ],
  ])('%s is found', (_what, body, ids) => {
    expect(idsInBody(JSON.stringify(body), queue).ids).toEqual(ids);
  });

  test.each<[string, unknown]>([
    ['a project alone, or a place in it', { a: 'projects/shop', b: 'projects/shop/locations' }],
    ['the name of the resource, its parts and its owners', { a: queue.nativeId, b: `${queue.nativeId}/tasks/1` }],
    ['somebody who is no service account', { a: 'user:ada@example.org', b: 'ada@example.org' }],
  ])('%s is no reference', (_what, body) => {
    expect(idsInBody(JSON.stringify(body), queue).ids).toEqual([]);
  });

  test('and only there: elsewhere such words mean nothing', () => {
    expect(idsIn({ a: 'projects/shop/topics/t', b: 'web@shop.iam.gserviceaccount.com' })).toEqual([]);
  });
});

test('a service account’s own body, which says its address, names nothing else', () => {
  const address = 'web@shop.iam.gserviceaccount.com';
  const name = `projects/shop/serviceAccounts/${address}`;
  const body = { name, email: address, parent: `//iam.googleapis.com/${name}` };
  expect(idsInBody(JSON.stringify(body), { id: `//iam.googleapis.com/${name}`, nativeId: name }).ids).toEqual([]);
});

test('a bucket by its address is one of the partition', () => {
  const job = { id: 'arn:aws-cn:glue:cn-north-1:111111111111:job/j', nativeId: 'j' };
  expect(idsInBody('{"ScriptLocation":"s3://code/jobs/j.py"}', job).ids).toEqual(['arn:aws-cn:s3:::code']);
});

test('a short id means what lies in the same account and region, or the only one of its name', () => {
  const place = { id: 'arn:aws-cn:lambda:cn-north-1:111111111111:function:f', scopeId: 'aws:account:111111111111' };
  expect(bodyReference('sg-0a1b2c3d', { ...place, region: 'cn-north-1' })).toEqual({
    id: 'arn:aws-cn:ec2:cn-north-1:111111111111:security-group/sg-0a1b2c3d',
    isFull: false,
    name: 'sg-0a1b2c3d',
  });
  expect(bodyReference('vpc-0a1b2c3d', { ...place, region: 'global' })).toEqual({
    id: 'vpc-0a1b2c3d',
    isFull: false,
    name: 'vpc-0a1b2c3d',
  });
  // Images belong to anybody: their ids name no owner.
  expect(bodyReference('ami-0a1b2c3d', { ...place, region: 'cn-north-1' })).toMatchObject({
    id: 'arn:aws-cn:ec2:cn-north-1::image/ami-0a1b2c3d',
  });
  expect(bodyReference('arn:aws:sqs:eu-west-1:1:q', { ...place, region: 'global' })).toEqual({
    id: 'arn:aws:sqs:eu-west-1:1:q',
    isFull: true,
    name: null,
  });
});

test('the owners of a part are read from its id', () => {
  const nic = '/subscriptions/s/resourcegroups/g/providers/microsoft.network/networkinterfaces/n';
  expect(ownersOf(`${nic}/ipconfigurations/i`)).toEqual([nic]);
  expect(ownersOf(nic)).toEqual([]);
  const cluster = '//container.googleapis.com/projects/p/locations/l/clusters/c';
  expect(ownersOf(`${cluster}/nodepools/n`)[0]).toBe(cluster);
  expect(ownersOf('projects/p/locations/l/clusters/c/nodePools/n')[0]).toBe('projects/p/locations/l/clusters/c');
  expect(ownersOf('arn:aws:sqs:eu-west-1:1:q')).toEqual([]);
});
