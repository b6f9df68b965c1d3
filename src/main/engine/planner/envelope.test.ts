import { describe, expect, it } from 'vitest';
import type { ChangeAction, ResourceChange } from '#shared/model/index.ts';
import { envelopeBreaches, envelopeFor, withoutKeys } from './envelope.ts';

function change(address: string, action: ChangeAction): ResourceChange {
  return {
    address,
    type: withoutKeys(address).split('.').at(-2) ?? '',
    provider: '',
    action,
    cloudId: null,
    attributes: [],
  };
}

const envelope = envelopeFor({
  blocks: [
    { address: 'aws_vpc.main', type: 'aws_vpc', max: 1 },
    { address: 'module.net.aws_subnet.private', type: 'aws_subnet', max: 2 },
    { address: 'aws_route.each', type: 'aws_route', max: null },
    { address: 'aws_eip.none', type: 'aws_eip', max: 0 },
  ],
  existing: ['module.net.aws_subnet.private["a"]'],
  waitsFor: [],
});

describe('an envelope', () => {
  it('allows creating what has a block and changing what exists, with bounds where they are known', () => {
    expect(envelope.addresses.map(({ address, action }) => `${action} ${address}`)).toEqual([
      'create aws_route.each',
      'create aws_vpc.main',
      'create module.net.aws_subnet.private',
      'update module.net.aws_subnet.private',
    ]);
    expect(envelope.counts.map(({ type, action, max }) => [type, action, max])).toEqual([
      ['aws_route', 'create', null],
      ['aws_subnet', 'create', 1],
      ['aws_subnet', 'update', 1],
      ['aws_vpc', 'create', 1],
    ]);
  });

  it('holds a plan inside it', () => {
    const inside = [
      change('aws_vpc.main', 'create'),
      change('module.net.aws_subnet.private["a"]', 'update'),
      change('module.net.aws_subnet.private["b.c[0]"]', 'create'),
      ...Array.from({ length: 30 }, (_, index) => change(`aws_route.each["${index}"]`, 'create')),
      change('data.aws_ami.x', 'read'),
    ];
    expect(envelopeBreaches(envelope, inside)).toEqual([]);
  });

  it.each([
    [[change('aws_vpc.main', 'delete')], 'aws_vpc.main would be destroyed'],
    [[change('aws_vpc.main', 'replace')], 'aws_vpc.main would be replaced'],
    [[change('aws_vpc.main', 'forget')], 'aws_vpc.main would be forgotten'],
    [[change('aws_vpc.main', 'update')], 'aws_vpc.main would be changed'],
    [[change('aws_vpc.other', 'create')], 'aws_vpc.other would be created'],
    [[change('aws_eip.none[0]', 'create')], 'aws_eip.none[0] would be created'],
    [
      [change('module.net.aws_subnet.private[0]', 'create'), change('module.net.aws_subnet.private[1]', 'create')],
      '2 × aws_subnet would be created; at most 1',
    ],
  ])('names what leaves it: %#', (changes, message) => {
    expect(envelopeBreaches(envelope, changes).join()).toContain(message);
  });
});
