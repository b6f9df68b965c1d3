import { describe, expect, it } from 'vitest';
import { instanceSelectionSchema } from '#shared/model/index.ts';
import { instanceName, instancesOfSelection } from './selection.ts';

const production = { scopeId: 'aws:account:1', scopeName: 'Production' };
const staging = { scopeId: 'aws:account:2', scopeName: 'Staging' };

describe('a selection as instances of a pattern', () => {
  it('makes one instance of each scope and region', () => {
    expect(
      instancesOfSelection(
        [],
        [
          { ...production, region: 'us-east-1' },
          { ...production, region: 'eu-west-1' },
        ],
      ),
    ).toEqual([
      { name: 'us-east-1', scope: 'aws:account:1', region: 'us-east-1', ids: [] },
      { name: 'eu-west-1', scope: 'aws:account:1', region: 'eu-west-1', ids: [] },
    ]);
  });

  it('tells the same region of two accounts apart by the account', () => {
    const names = instancesOfSelection(
      [],
      [
        { ...production, region: 'us-east-1' },
        { ...staging, region: 'us-east-1' },
      ],
    ).map((instance) => instance.name);
    expect(names).toEqual(['production-us-east-1', 'staging-us-east-1']);
  });

  it('groups hand-picked resources by where they lie', () => {
    const instances = instancesOfSelection(
      [
        { id: 'a', ...production, region: 'us-east-1' },
        { id: 'b', ...production, region: 'eu-west-1' },
        { id: 'c', ...production, region: 'us-east-1' },
      ],
      [],
    );
    expect(instances.map(({ name, ids }) => [name, ids])).toEqual([
      ['us-east-1', ['a', 'c']],
      ['eu-west-1', ['b']],
    ]);
  });

  it('gives names that the engine accepts', () => {
    for (const text of ['Prod / EU', '42 things', '---', 'us-east-1']) {
      expect(instanceSelectionSchema.shape.name.safeParse(instanceName(text)).success).toBe(true);
    }
  });
});
