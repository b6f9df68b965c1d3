import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '#shared/base/json.ts';
import type { Artifact, BlueprintInput, DriftItem } from '#shared/model/index.ts';
import { stepsOf } from '../../planner/index.ts';
import type { Change } from './changes.ts';
import { spliced } from '../../files/index.ts';
import { findBlock } from './module-source.ts';
import { resolveAttributes } from './resolve-attributes.ts';
import { resolveDeletion } from './resolve-deletion.ts';

const target = { cloud: 'aws', account: '123456789012', region: 'us-east-1' } as const;

interface Setting {
  readonly code: string;
  readonly address: string;
  readonly attributes?: readonly (readonly [path: string, expected: Json, actual: Json])[];
  readonly set?: JsonObject;
  readonly other?: JsonObject;
  readonly inputs?: Record<string, BlueprintInput>;
  readonly alsoGone?: readonly string[];
}

async function accept(setting: Setting): Promise<Change[]> {
  const artifact = {
    boundary: 'networking',
    inputs: { type: 'object', properties: {}, required: [] },
  } as unknown as Artifact;
  const node = (use: string) => ({ type: 'artifact' as const, use, digest: '', artifact, sources: '' });
  const steps = stepsOf(
    {
      document: {
        blueprint: 'shop',
        version: '1.0.0',
        boundary: 'platform',
        inputs: setting.inputs ?? { name: { type: 'string' }, zones: { type: 'object' } },
        nodes: {
          network: { use: 'network@1.0.0', set: setting.set ?? { name: '${inputs.name}', zones: '${inputs.zones}' } },
          other: { use: 'other@1.0.0', set: setting.other ?? {} },
        },
      },
      nodes: { network: node('network@1.0.0'), other: node('other@1.0.0') },
    },
    target,
    {},
  );
  const files = [{ path: 'main.tf', text: setting.code }];
  const itemAt = (address: string): DriftItem => ({
    id: address,
    environment: 'us',
    node: 'network',
    address,
    type: address.split('.')[0] ?? '',
    cloudId: null,
    resourceId: null,
    change: setting.attributes === undefined ? 'deleted' : 'changed',
    side: 'reality',
    attributes: (setting.attributes ?? []).map(([path, expected, actual]) => ({
      path,
      expected,
      actual,
      sensitive: false,
    })),
    decision: null,
  });
  const item = itemAt(setting.address);
  const step = steps.find((one) => one.id === 'network');
  if (step === undefined) throw new Error('The step is missing.');
  const accepted = { item, step, steps, block: await findBlock(files, item.address) };
  if (item.change === 'deleted') {
    return resolveDeletion(accepted, { files, chosen: [item, ...(setting.alsoGone ?? []).map(itemAt)] });
  }
  return resolveAttributes(accepted);
}

/** The code after accepting. */
async function codeAfter(setting: Setting): Promise<string> {
  const changes = await accept(setting);
  return spliced(
    setting.code,
    changes.flatMap((change) => (change.kind === 'source' ? [change.splice] : [])),
  );
}

const refusal = (words: string) => ({ code: 'bad-input', message: expect.stringContaining(words) });

describe('an attribute that a variable decides', () => {
  const code = 'resource "aws_vpc" "main" {\n  cidr_block = var.name\n}\n';
  const attributes = [['cidr_block', 'a', 'b']] as const;

  it('is changed in the input of the environment', async () => {
    expect(await accept({ code, address: 'aws_vpc.main', attributes })).toEqual([
      {
        kind: 'environment-input',
        node: 'network',
        input: 'name',
        inputEdits: [{ path: [], value: 'b' }],
        variable: 'name',
        edits: [{ path: [], value: 'b' }],
      },
    ]);
  });

  it('is found through the map that a resource repeats over, and through places inside an input', async () => {
    const repeated = 'resource "aws_subnet" "a" {\n  for_each = var.zones\n  number = each.value.number\n}\n';
    expect(
      await accept({
        code: repeated,
        address: 'aws_subnet.a["b"]',
        attributes: [['number', 1, 2]],
        set: { zones: '${inputs.zones.all}' },
      }),
    ).toMatchObject([{ input: 'zones', inputEdits: [{ path: ['all', 'b', 'number'], value: 2 }] }]);
  });

  it('is changed in the blueprint where a constant or a default decides it', async () => {
    const expected = [{ kind: 'node-input', node: 'network', variable: 'name', edits: [{ path: [], value: 'b' }] }];
    expect(await accept({ code, address: 'aws_vpc.main', attributes, set: { name: 'a' } })).toEqual(expected);
    expect(await accept({ code, address: 'aws_vpc.main', attributes, set: {} })).toEqual(expected);
  });

  it('is refused where the way back is not one input', async () => {
    const at = { code, address: 'aws_vpc.main', attributes };
    await expect(accept({ ...at, set: { name: 'x-${inputs.name}' } })).rejects.toMatchObject(refusal('computes it as'));
    await expect(accept({ ...at, set: { name: '${target.region}' } })).rejects.toMatchObject(refusal('the target'));
    await expect(accept({ ...at, set: { name: '${other.id}' } })).rejects.toMatchObject(refusal('other.id'));
    await expect(accept({ ...at, other: { title: '${inputs.name}' } })).rejects.toMatchObject(
      refusal('also decides other.title'),
    );
  });
});

describe('an attribute that stands in the code', () => {
  it('is replaced where it stands, with everything around it kept', async () => {
    const code = 'resource "aws_vpc" "main" {\n  # big enough\n  size = 10 # GiB\n\n  disk {\n    iops = 100\n  }\n}\n';
    const after = await codeAfter({
      code,
      address: 'aws_vpc.main',
      attributes: [
        ['size', 10, 20],
        ['disk[0].iops', 100, 300],
      ],
    });
    expect(after).toBe(code.replace('10 # GiB', '20 # GiB').replace('iops = 100', 'iops = 300'));
  });

  it('is laid over a map with computed parts, and written into a plain one', async () => {
    const attributes = [['tags.Owner', null, 'me ${x}']] as const;
    const computed = 'resource "aws_vpc" "main" {\n  tags = merge(local.tags, { Name = var.name })\n}\n';
    expect(await codeAfter({ code: computed, address: 'aws_vpc.main', attributes })).toContain(
      'tags = merge(merge(local.tags, { Name = var.name }), { Owner = "me $${x}" })',
    );
    const plain = 'resource "aws_vpc" "main" {\n  tags = { Name = "a" }\n}\n';
    expect(await codeAfter({ code: plain, address: 'aws_vpc.main', attributes })).toContain(
      'tags = {\n    Name  = "a"\n    Owner = "me $${x}"\n  }',
    );
  });

  it('is added where the code does not say it', async () => {
    const code = 'resource "aws_vpc" "main" {\n  size = 10\n\n  disk {\n  }\n}\n';
    expect(await codeAfter({ code, address: 'aws_vpc.main', attributes: [['dns', true, false]] })).toBe(
      code.replace('size = 10\n', 'size = 10\n  dns = false\n'),
    );
  });

  it('is refused where it is computed, shared, secret or of one environment only', async () => {
    const at = { address: 'aws_vpc.main', attributes: [['size', 1, 2]] as const };
    await expect(
      accept({ ...at, code: 'resource "aws_vpc" "main" {\n  size = max(1, var.name)\n}\n' }),
    ).rejects.toMatchObject(refusal('computed as max(1, var.name)'));
    await expect(
      accept({ ...at, address: 'aws_vpc.main[1]', code: 'resource "aws_vpc" "main" {\n  count = 2\n  size = 1\n}\n' }),
    ).rejects.toMatchObject(refusal('shared with its other instances'));
    await expect(
      accept({
        code: 'resource "aws_vpc" "main" {\n  group = "a"\n}\n',
        address: 'aws_vpc.main',
        attributes: [['group', 'a', 'sg-0123456789abcdef0']],
      }),
    ).rejects.toMatchObject(refusal('exists in this environment only'));
    await expect(accept({ ...at, address: 'module.a.aws_vpc.main', code: '' })).rejects.toMatchObject(
      refusal('a module that the artifact calls'),
    );
  });
});

describe('repeated blocks', () => {
  const code = `resource "aws_security_group" "web" {
  name = "web"

  # The world
  ingress {
    from_port   = 443
    cidr_blocks = ["0.0.0.0/0"]
  }

  # Us
  ingress {
    from_port       = 22
    security_groups = [aws_security_group.us.id]
  }
}
`;
  const world = { from_port: 443, cidr_blocks: ['0.0.0.0/0'], self: false };
  const us = { from_port: 22, security_groups: ['sg-1'], self: false };

  it('are cut where they were removed', async () => {
    const after = await codeAfter({
      code,
      address: 'aws_security_group.web',
      attributes: [['ingress', [world, us], [us]]],
    });
    expect(after).not.toContain('443');
    expect(after).toContain('security_groups = [aws_security_group.us.id]');
    expect(after).toContain('# The world');
  });

  it('are changed in place where one value moved', async () => {
    const moved = { ...world, from_port: 8443 };
    const after = await codeAfter({
      code,
      address: 'aws_security_group.web',
      attributes: [['ingress', [world, us], [moved, us]]],
    });
    expect(after).toBe(code.replace('443', '8443'));
  });

  it('are refused where it is not clear which one made what', async () => {
    const dynamic =
      'resource "aws_security_group" "web" {\n  dynamic "ingress" {\n    for_each = []\n    content {}\n  }\n}\n';
    await expect(
      accept({ code: dynamic, address: 'aws_security_group.web', attributes: [['ingress', [world], []]] }),
    ).rejects.toMatchObject(refusal('generated'));
    const twice = code.replace('443', '22').replace('cidr_blocks = ["0.0.0.0/0"]', 'cidr_blocks = var.name');
    await expect(
      accept({
        code: twice,
        address: 'aws_security_group.web',
        attributes: [['ingress', [us, { ...us, self: true }], [us]]],
      }),
    ).rejects.toMatchObject(refusal('not clear which block'));
  });
});

describe('a resource that is gone', () => {
  const subnets = `resource "aws_subnet" "a" {
  for_each = var.zones
}

resource "aws_route_table_association" "a" {
  for_each = aws_subnet.a
}

resource "aws_vpc_dhcp_options" "extra" {
  count = var.name ? 1 : 0
}

resource "aws_eip" "alone" {
}

resource "aws_eip" "used" {
}

output "ip" {
  value = aws_eip.used.id
}
`;
  it('leaves the map it repeats over, and what follows it needs nothing', async () => {
    expect(await accept({ code: subnets, address: 'aws_subnet.a["b"]' })).toMatchObject([
      { kind: 'environment-input', input: 'zones', inputEdits: [{ path: ['b'], value: null }] },
    ]);
    const follower = { code: subnets, address: 'aws_route_table_association.a["b"]' };
    expect(await accept({ ...follower, alsoGone: ['aws_subnet.a["b"]'] })).toEqual([]);
    await expect(accept(follower)).rejects.toMatchObject(refusal('repeats over aws_subnet.a'));
  });

  it('is switched off where a switch decides it', async () => {
    expect(await accept({ code: subnets, address: 'aws_vpc_dhcp_options.extra[0]' })).toMatchObject([
      { kind: 'environment-input', input: 'name', inputEdits: [{ path: [], value: false }] },
    ]);
  });

  it('is cut from the code where nothing refers to it', async () => {
    expect(await codeAfter({ code: subnets, address: 'aws_eip.alone' })).toBe(
      subnets.replace('resource "aws_eip" "alone" {\n}\n\n', ''),
    );
    await expect(accept({ code: subnets, address: 'aws_eip.used' })).rejects.toMatchObject(
      refusal('main.tf:20 refers to it'),
    );
  });
});
