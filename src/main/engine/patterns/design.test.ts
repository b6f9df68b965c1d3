import { describe, expect, test } from 'vitest';
import { edge, factIn, northShop, shopFacts, southShop, type ShopOptions } from '#test/support/pattern-facts/index.ts';
import type { Json } from '#shared/base/json.ts';
import type { InstanceSelection, ResourceFact } from '#shared/model/index.ts';
import { comparisonOf } from './comparison.ts';
import { designPattern } from './design.ts';
import { environmentDocument, blueprintDocument } from './documents.ts';
import { readInstance, selectResources } from './instances.ts';
import { writeModules } from './module-files.ts';
import { classicDialect } from './terraform-types/index.ts';

const naming = { blueprint: 'shop', version: '1.0.0', summary: '' };

function selection(name: string, shop: ShopOptions, tags: InstanceSelection['tags'] = []): InstanceSelection {
  return { name, scope: `aws:account:${shop.account}`, region: shop.region, tags, ids: [] };
}

function instance(name: string, shop: ShopOptions, further: readonly ResourceFact[] = []) {
  const resources = [...shopFacts(shop), ...further];
  const chosen = selection(name, shop);
  return readInstance(chosen, selectResources(chosen, { resources, relationships: [] }), classicDialect);
}

function designed(further: readonly ResourceFact[] = []) {
  return designPattern([instance('us', northShop), instance('eu', southShop, further)]);
}

function mainOf(design: ReturnType<typeof designed>, node: string): string {
  return writeModules(design, '>= 1.60').find((module) => module.node === node)?.files['main.tf'] ?? '';
}

describe('what differs', () => {
  test('becomes one typed input each, with the majority as default and no default for address ranges', () => {
    const inputs = designed().inputs.map(({ name, type, default: value, agent }) => ({ name, type, value, agent }));
    expect(inputs).toEqual([
      { name: 'cidr', type: 'string', value: undefined, agent: 'set' },
      { name: 'private_subnets', type: { map: 'number' }, value: { a: 100, b: 101 }, agent: 'fixed' },
      { name: 'database_instance_class', type: 'string', value: 'db.m5.large', agent: 'set' },
      { name: 'database_password', type: 'string', value: undefined, agent: 'ask' },
      { name: 'orders_queue_visibility_timeout_seconds', type: 'number', value: 60, agent: 'fixed' },
    ]);
  });

  test('takes new names for inputs', () => {
    const instances = [instance('us', northShop), instance('eu', southShop)];
    const design = designPattern(instances, { database_password: 'db_password' });
    expect(design.inputs.map(({ name }) => name)).toContain('db_password');
    expect(mainOf(design, 'data')).toContain('= var.db_password');
  });

  test('is one input where the same attribute of several resources always has the same value', () => {
    const more = (shop: ShopOptions): ResourceFact =>
      factIn(shop, {
        kind: 'aws.sqs.queue',
        id: `arn:aws:sqs:${shop.region}:${shop.account}:${shop.name}-mails`,
        nativeId: `${shop.name}-mails`,
        raw: {
          QueueUrl: `https://sqs.test/${shop.name}-mails`,
          Attributes: { VisibilityTimeout: String(shop.visibility) },
        },
        tags: { Name: `${shop.name}-mails` },
      });
    const design = designPattern([
      instance('us', northShop, [more(northShop)]),
      instance('eu', southShop, [more(southShop)]),
    ]);
    const shared = design.inputs.find(({ name }) => name === 'queue_visibility_timeout_seconds');
    expect(shared?.from).toEqual([
      'aws_sqs_queue.mails.visibility_timeout_seconds',
      'aws_sqs_queue.orders.visibility_timeout_seconds',
    ]);
  });
});

describe('many instances', () => {
  const staged = (name: string, shop: ShopOptions) => {
    const stage = { ...shop, account: '222222222222', name: shop.name.replace('shop-', 'shop-stg-') };
    const further = shopFacts(stage).map((fact) => ({ ...fact, tags: { ...fact.tags, Stage: 'staging' } }));
    const chosen = selection(name, stage);
    return readInstance(chosen, further, classicDialect);
  };
  const live = (name: string, shop: ShopOptions) => {
    const facts = shopFacts(shop).map((fact) => ({ ...fact, tags: { ...fact.tags, Stage: 'live' } }));
    return readInstance(selection(name, shop), facts, classicDialect);
  };
  const design = designPattern([
    live('live-us', northShop),
    live('live-eu', southShop),
    staged('stage-us', northShop),
    staged('stage-eu', southShop),
  ]);

  test('share one input for a tag that all resources carry alike', () => {
    const stage = design.inputs.filter(({ from }) => from.some((path) => path.endsWith('tags.Stage')));
    expect(stage.map(({ name }) => name)).toEqual(['stage']);
    expect(mainOf(design, 'data')).toMatch(/locals \{\n {2}tags = \{\n(?:.*\n)*? {4}Stage +=/);
  });

  test('take their name as an input when the place alone does not make it', () => {
    const document = blueprintDocument(design, writeModules(design, '>= 1.60'), naming);
    expect(document.inputs?.['name']).toMatchObject({ type: 'string', agent: 'set' });
    expect(document.nodes['data']?.set?.['name']).toBe('${inputs.name}');
  });
});

describe('rules that only some instances have', () => {
  test('become a list input, empty by default', () => {
    const opened = shopFacts(southShop).map((fact) => {
      if (fact.nativeId !== 'sg-data-eu-west-1') return fact;
      const raw = fact.raw as { IpPermissions: Json[] };
      const ssh = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '203.0.113.0/24' }] };
      return { ...fact, raw: { ...raw, IpPermissions: [...raw.IpPermissions, ssh] } };
    });
    const chosen = selection('eu', southShop);
    const design = designPattern([instance('us', northShop), readInstance(chosen, opened, classicDialect)]);
    const input = design.inputs.find(({ name }) => name === 'data_security_group_extra_ingress');
    expect(input?.values.get('us')).toEqual([]);
    expect(input?.values.get('eu')).toEqual([
      { cidr_blocks: ['203.0.113.0/24'], from_port: 22, protocol: 'tcp', to_port: 22 },
    ]);
    expect(mainOf(design, 'networking')).toContain('for_each = var.data_security_group_extra_ingress');
  });
});

describe('the code', () => {
  test('derives names, zones and ranges, refers to what is in the module, repeats over the members', () => {
    expect(mainOf(designed(), 'networking')).toContain(`resource "aws_subnet" "private" {
  for_each = var.private_subnets

  vpc_id            = aws_vpc.main.id
  cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 8, each.value)
  availability_zone = "\${var.region}\${each.key}"
  tags              = merge(local.tags, { Name = "\${var.name}-private-\${each.key}" })
}
`);
    expect(mainOf(designed(), 'networking')).toContain(`resource "aws_route_table_association" "private" {
  for_each = aws_subnet.private

  subnet_id      = each.value.id
  route_table_id = aws_route_table.private.id
}
`);
  });

  test('uses the range of the network where a rule names it, and references inside documents', () => {
    const design = designed();
    expect(mainOf(design, 'networking')).toContain('cidr_blocks     = [aws_vpc.main.cidr_block]');
    expect(mainOf(design, 'networking')).toContain('security_groups = [aws_security_group.web.id]');
    expect(mainOf(design, 'application')).toContain('deadLetterTargetArn = aws_sqs_queue.failed.arn');
    expect(mainOf(design, 'application')).toContain('Resource = [aws_sqs_queue.orders.arn]');
  });

  test('keeps a secret out and ignores what lives in the state only', () => {
    const data = mainOf(designed(), 'data');
    expect(data).toContain('= var.database_password');
    expect(data).toContain('ignore_changes = [password, skip_final_snapshot, final_snapshot_identifier]');
  });

  test('replaces nothing only because two strings are equal', () => {
    // The database is called as the queue's last word, and the engine's user as the database: all literals.
    const data = mainOf(designed(), 'data');
    expect(data).toMatch(/ name +=/);
    expect(data).toContain('= "orders"');
  });
});

describe('the documents', () => {
  const design = designed();
  const modules = writeModules(design, '>= 1.60');

  test('wire the modules: what one gives, another takes', () => {
    const document = blueprintDocument(design, modules, naming);
    expect(document.nodes).toMatchObject({
      networking: { set: { name: 'shop-${target.region}', region: '${target.region}', cidr: '${inputs.cidr}' } },
      data: {
        use: 'shop-data@1.0.0',
        set: {
          private_subnet_ids: '${networking.private_subnet_ids}',
          data_security_group_id: '${networking.data_security_group_id}',
        },
      },
    });
    expect(document.inputs?.['database_password']).toMatchObject({ sensitive: true, agent: 'ask' });
    expect(document.inputs?.['private_subnets']).toMatchObject({ additionalProperties: { type: 'number' } });
  });

  test('give each instance its inputs and what is there to adopt, secrets by name only', () => {
    const eu = design.instances.find(({ name }) => name === 'eu');
    const environment = eu === undefined ? null : environmentDocument(design, eu, naming);
    expect(environment).toMatchObject({
      environment: 'eu',
      target: { account: '111111111111', region: 'eu-west-1' },
      inputs: {
        cidr: '10.2.0.0/16',
        private_subnets: { a: 100, b: 101, c: 102 },
        database_password: { secret: 'eu/database-password' },
      },
    });
    expect(environment?.imports?.['networking']).toMatchObject({
      'aws_subnet.private["c"]': 'subnet-c-eu-west-1',
      'aws_route_table_association.private["c"]': 'subnet-c-eu-west-1/rtb-eu-west-1',
    });
  });
});

describe('what is not the pattern', () => {
  const stranger = factIn(southShop, {
    kind: 'aws.sqs.queue',
    id: 'arn:aws:sqs:eu-west-1:111111111111:legacy-mailer',
    nativeId: 'legacy-mailer',
    raw: { QueueUrl: 'https://sqs.test/legacy-mailer', Attributes: {} },
  });

  test('is left out with the reason: leftovers, and what AWS makes itself', () => {
    const group = factIn(southShop, {
      kind: 'aws.ec2.security-group',
      id: 'arn:aws:ec2:eu-west-1:111111111111:security-group/sg-default',
      nativeId: 'sg-default',
      raw: { GroupName: 'default', VpcId: 'vpc-eu-west-1' },
    });
    const { leftOut } = designed([stranger, group]);
    expect(leftOut).toEqual([
      expect.objectContaining({ name: 'sg-default', why: expect.stringContaining('default security group') }),
      expect.objectContaining({ name: 'legacy-mailer', why: expect.stringContaining('not a part of the pattern') }),
    ]);
  });

  test('but what carries the name of its instance is optional', () => {
    const own = { ...stranger, nativeId: 'shop-eu-west-1-mails', name: 'shop-eu-west-1-mails' };
    const design = designed([{ ...own, id: 'arn:aws:sqs:eu-west-1:111111111111:shop-eu-west-1-mails' }]);
    expect(mainOf(design, 'application')).toContain('count = var.mails_queue_enabled ? 1 : 0');
    expect(design.inputs.find(({ name }) => name === 'mails_queue_enabled')?.values).toEqual(
      new Map([
        ['us', false],
        ['eu', true],
      ]),
    );
    const eu = design.instances.find(({ name }) => name === 'eu');
    expect(eu === undefined ? {} : environmentDocument(design, eu, naming).imports?.['application']).toHaveProperty([
      'aws_sqs_queue.mails[0]',
    ]);
  });
});

describe('circles', () => {
  test('between security groups are opened: their rules become resources of their own', () => {
    const circular = (shop: ShopOptions): readonly ResourceFact[] =>
      shopFacts(shop).map((fact) => {
        if (fact.nativeId !== `sg-web-${shop.region}`) return fact;
        const rule = {
          IpProtocol: 'tcp',
          FromPort: 8080,
          ToPort: 8080,
          UserIdGroupPairs: [{ GroupId: `sg-data-${shop.region}` }],
        };
        const raw = fact.raw as Record<string, never>;
        return { ...fact, raw: { ...raw, IpPermissions: [rule] } };
      });
    const read = (name: string, shop: ShopOptions) =>
      readInstance(selection(name, shop), circular(shop), classicDialect);
    const main = mainOf(designPattern([read('us', northShop), read('eu', southShop)]), 'networking');
    expect(main).toContain(`source_security_group_id = aws_security_group.data.id`);
    expect(main).not.toMatch(/^ {2}ingress \{/m);
  });
});

describe('selecting', () => {
  test('takes roles that carry the name of the region, and what has no tags from what holds it', () => {
    const listener = factIn(northShop, {
      kind: 'aws.elasticloadbalancing.listener',
      id: 'arn:listener',
      nativeId: 'l',
      raw: {},
    });
    const resources = [...shopFacts(northShop), ...shopFacts(southShop), listener];
    const holder = resources.find(({ nativeId }) => nativeId === 'vpc-us-east-1')?.id ?? '';
    const relationships = [edge('CONTAINS', holder, listener.id)];
    const tags = [{ key: 'Application', value: 'shop' }];
    const found = selectResources(selection('us', northShop, tags), { resources, relationships });
    const names = found.map(({ nativeId }) => nativeId);
    expect(names).toContain('shop-us-east-1-worker');
    expect(names).not.toContain('shop-eu-west-1-worker');
    expect(names).toContain('l');
  });
});

describe('comparing', () => {
  test('tells for every attribute what it becomes', () => {
    const { resources } = comparisonOf(designed());
    const verdicts = Object.fromEntries(
      resources
        .filter(({ address }) => ['aws_vpc.main', 'aws_db_instance.orders', 'aws_subnet.private'].includes(address))
        .flatMap(({ address, attributes }) =>
          attributes.map(({ path, verdict }) => [`${address.split('.')[0]?.slice(4)}.${path}`, verdict]),
        ),
    );
    expect(verdicts).toMatchObject({
      'vpc.cidr_block': 'input',
      'vpc.enable_dns_hostnames': 'constant',
      'subnet.vpc_id': 'reference',
      'subnet.cidr_block': 'input',
      'subnet.availability_zone': 'derived',
      'db_instance.instance_class': 'input',
      'db_instance.engine': 'constant',
      'db_instance.identifier': 'derived',
      'db_instance.db_subnet_group_name': 'reference',
      'db_instance.password': 'input',
    });
  });

  test('one instance alone is called a snapshot', () => {
    const { problems } = comparisonOf(designPattern([instance('us', northShop)]));
    expect(problems.map(({ code }) => code)).toEqual(['one-instance']);
  });
});
