import { describe, expect, test } from 'vitest';
import { factIn, northShop } from '#test/support/pattern-facts/index.ts';
import type { Json } from '#shared/base/json.ts';
import { classicDialect, dialectOf, mappingOf, rawOf, type Dialect } from './index.ts';

function provider(types: Readonly<Record<string, readonly string[]>>): Json {
  const attribute = { type: 'string', optional: true };
  return {
    provider_schemas: {
      'registry.opentofu.org/hashicorp/aws': {
        resource_schemas: Object.fromEntries(
          Object.entries(types).map(([type, names]) => [
            type,
            { block: { attributes: Object.fromEntries(names.map((name) => [name, attribute])) } },
          ]),
        ),
      },
    },
  };
}

function convert(dialect: Dialect, kind: string, raw: Record<string, Json>) {
  const fact = factIn(northShop, {
    kind,
    id: 'arn:aws:x',
    nativeId: 'x',
    raw,
    tags: { Name: 'x', 'aws:made-by': 'aws' },
  });
  const conversion = mappingOf(kind)?.convert(fact, { dialect, isDefaultNetwork: (id) => id === 'vpc-default' });
  if (conversion === undefined) throw new Error(`no mapping of ${kind}`);
  return conversion;
}

function typesOf(dialect: Dialect, kind: string, raw: Record<string, Json>): readonly string[] {
  const conversion = convert(dialect, kind, raw);
  return 'parts' in conversion ? conversion.parts.map(({ type }) => type) : [conversion.leftOut];
}

const bucket = { Name: 'assets', Versioning: { Status: 'Enabled' } };

describe('the provider at hand', () => {
  test('decides whether the settings of a bucket are blocks or resources of their own', () => {
    const modern = dialectOf(provider({ aws_s3_bucket: ['bucket'], aws_s3_bucket_versioning: ['bucket'] }));
    expect(modern?.constraint).toBe('>= 4.0');
    expect(modern === null ? [] : typesOf(modern, 'aws.s3.bucket', bucket)).toEqual([
      'aws_s3_bucket',
      'aws_s3_bucket_versioning',
    ]);
    expect(typesOf(classicDialect, 'aws.s3.bucket', bucket)).toEqual(['aws_s3_bucket']);
  });

  test('is not said to take what it only computes', () => {
    const computed = { type: 'string', computed: true };
    const schemas = {
      provider_schemas: {
        'registry.terraform.io/hashicorp/aws': {
          resource_schemas: { aws_eip: { block: { attributes: { domain: computed } } } },
        },
      },
    };
    expect(dialectOf(schemas)?.has('aws_eip', 'domain')).toBe(false);
  });

  test('is not made up where there is none', () => {
    expect(dialectOf({ provider_schemas: {} })).toBeNull();
    expect(dialectOf('rubbish')).toBeNull();
  });
});

describe('what AWS makes itself', () => {
  test.each([
    ['aws.ec2.vpc', { IsDefault: true }],
    ['aws.ec2.subnet', { VpcId: 'vpc-default' }],
    ['aws.ec2.route-table', { Associations: [{ Main: true }] }],
    ['aws.ec2.security-group', { GroupName: 'default' }],
    ['aws.ec2.network-interface', { InterfaceType: 'nat_gateway' }],
    ['aws.kms.key', { KeyManager: 'AWS' }],
    ['aws.iam.role', { Path: '/aws-service-role/x.amazonaws.com/' }],
    ['aws.ec2.volume', { Attachments: [{ DeleteOnTermination: true }] }],
  ])('%s is left out', (kind, raw) => {
    expect(convert(classicDialect, kind, raw)).toHaveProperty('leftOut');
  });
});

test('a subnet of a network of ours is taken even where the cloud calls it the default of its zone', () => {
  expect(typesOf(classicDialect, 'aws.ec2.subnet', { VpcId: 'vpc-1', DefaultForAz: true })).toEqual(['aws_subnet']);
});

test('rules are grouped by protocol, ports and description, as the provider groups them', () => {
  const rule = (sources: Record<string, Json>): Json => ({ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, ...sources });
  const conversion = convert(classicDialect, 'aws.ec2.security-group', {
    GroupName: 'x',
    IpPermissions: [
      rule({
        IpRanges: [
          { CidrIp: '10.0.0.0/8', Description: 'a' },
          { CidrIp: '172.16.0.0/12', Description: 'b' },
        ],
      }),
      rule({
        IpRanges: [{ CidrIp: '192.168.0.0/16', Description: 'a' }],
        UserIdGroupPairs: [{ GroupId: 'x', Description: 'a' }],
      }),
    ],
  });
  const ingress = 'parts' in conversion ? conversion.parts[0]?.body['ingress'] : undefined;
  expect(ingress?.kind === 'blocks' ? ingress.items.map((item) => Object.keys(item)) : []).toEqual([
    ['description', 'from_port', 'to_port', 'protocol', 'cidr_blocks', 'self'],
    ['description', 'from_port', 'to_port', 'protocol', 'cidr_blocks'],
  ]);
});

describe('rawOf', () => {
  test('reads tolerant of shape: paths, attribute lists, numbers and flags as text, documents as text', () => {
    const raw = rawOf({
      A: { B: '7' },
      Flags: [{ Key: 'on', Value: 'true' }],
      Policy: '%7B%22Version%22%3A%221%22%7D',
      Plain: '{"a":1}',
      Broken: '{"a":',
    });
    expect(raw.number('Missing.X', 'A.B')).toBe(7);
    expect(raw.flag('Flags.on')).toBe(true);
    expect(raw.document('Policy')).toEqual({ Version: '1' });
    expect(raw.document('Plain')).toEqual({ a: 1 });
    expect(raw.document('Broken')).toBeNull();
    expect(raw.list('A')).toEqual([]);
    expect(raw.text('A')).toBeNull();
  });
});
