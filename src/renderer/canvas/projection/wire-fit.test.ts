import { describe, expect, it } from 'vitest';
import { exampleDocument, examplePalette } from '#test/support/canvas/example.ts';
import { sourcesFor, wireFit } from './wire-fit.ts';
import { wiresOf } from './wires.ts';

const around = { document: exampleDocument, palette: examplePalette };

describe('a wire', () => {
  it('is refused with the reason', () => {
    const refusals = (
      [
        [
          { node: 'network', port: 'private_subnet_ids' },
          { node: 'database', port: 'name' },
        ],
        [
          { node: 'application', port: 'url' },
          { node: 'network', port: 'cidr' },
        ],
        [
          { node: 'network', port: 'vpc_id' },
          { node: 'network', port: 'cidr' },
        ],
        [
          { node: 'network', port: 'vpc_id' },
          { node: 'database', port: 'nothing' },
        ],
        [
          { node: '@inputs', port: 'size' },
          { node: '@outputs', port: 'size' },
        ],
      ] as const
    ).map(([from, to]) => {
      const fit = wireFit(around, from, to);
      return fit.fits ? 'fits' : fit.reason;
    });
    expect(refusals).toEqual([
      'a list of text does not fit a text',
      'it would make a circle: network → application → network',
      'a node cannot read its own output',
      'database has no input “nothing”',
      'an output shows a value of a node, not an input',
    ]);
  });

  it('to a list goes in as a member when the list as a whole does not fit', () => {
    const fit = wireFit(around, { node: 'network', port: 'vpc_id' }, { node: 'database', port: 'groups' });
    expect(fit).toMatchObject({ fits: true, asItem: true });
  });
});

it('offers what fits first, then the rest with the reason', () => {
  const sources = sourcesFor(around, { node: 'database', port: 'name' });
  expect(sources.map(({ from, fit }) => `${from.node}.${from.port} ${fit.fits ? 'fits' : fit.reason}`)).toEqual([
    '@inputs.cidr fits',
    '@inputs.size fits',
    '@inputs.db_password fits',
    'network.vpc_id fits',
    'network.private_subnet_ids a list of text does not fit a text',
    'database.url a node cannot read its own output',
    'database.port a node cannot read its own output',
    'application.url it would make a circle: database → application → database',
  ]);
});

it('draws one wire for each pair of ports, lists, texts and order included', () => {
  expect(wiresOf(exampleDocument).map(({ id, whole }) => `${id}${whole ? '' : ' (part)'}`)).toEqual([
    '@inputs.cidr>network.cidr',
    'network.private_subnet_ids>database.subnet_ids',
    '@inputs.db_password>database.password',
    'network.vpc_id>application.name (part)',
    '@inputs.size>application.name (part)',
    'database.url>application.database_url',
    'network.vpc_id>application.tags (part)',
    'application.url>@outputs.url',
    'network.vpc_id>@outputs.vpc',
    'network>application',
  ]);
});
