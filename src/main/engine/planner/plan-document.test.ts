import { describe, expect, it } from 'vitest';
import type { Json } from '#shared/base/json.ts';
import { attributeChanges } from './attribute-changes.ts';
import { changeOrder } from './change-order.ts';
import { driftOf, isWithoutChanges, plannedOutputs, readPlanDocument, type PlanDocument } from './plan-document.ts';
import { resourceChanges } from './resource-changes.ts';

function change(parts: Record<string, Json>): Record<string, Json> {
  return { actions: ['create'], before: null, after: {}, ...parts };
}

function resource(address: string, parts: Record<string, Json>): Record<string, Json> {
  return { address, mode: 'managed', type: address.split('.').at(-2) ?? '', provider_name: 'p', change: change(parts) };
}

function plan(parts: Record<string, Json>): PlanDocument {
  const read = readPlanDocument({ format_version: '1.2', ...parts });
  if (!read.ok) throw new Error(read.problems.join());
  return read.value;
}

describe('reading a plan', () => {
  it('refuses a format it does not know', () => {
    expect(readPlanDocument({ format_version: '2.0' })).toMatchObject({ ok: false });
  });

  it('has one word for every change', () => {
    const changes = resourceChanges(
      plan({
        resource_changes: [
          resource('a.create', {}),
          resource('a.update', { actions: ['update'], before: { id: 'i-1' } }),
          resource('a.delete', { actions: ['delete'], before: { id: 'i-2' }, after: null }),
          resource('a.replace', { actions: ['delete', 'create'], before: { id: 'i-3' } }),
          resource('a.replace2', { actions: ['create', 'delete'], before: { id: 'i-4' } }),
          resource('a.same', { actions: ['no-op'] }),
          resource('a.import', { actions: ['no-op'], importing: { id: 'vpc-1' } }),
          resource('a.import2', { actions: ['update'], importing: { id: 'vpc-2' } }),
          resource('a.forget', { actions: ['forget'] }),
          resource('a.read', { actions: ['read'] }),
        ],
      }),
    );
    expect(changes.map(({ address, action, cloudId }) => [address, action, cloudId])).toEqual([
      ['a.create', 'create', null],
      ['a.delete', 'delete', 'i-2'],
      ['a.forget', 'forget', null],
      ['a.import', 'import', 'vpc-1'],
      ['a.import2', 'update', 'vpc-2'],
      ['a.read', 'read', null],
      ['a.replace', 'replace', 'i-3'],
      ['a.replace2', 'replace', 'i-4'],
      ['a.update', 'update', 'i-1'],
    ]);
  });

  it('shows attributes leaf by leaf, hides secrets wherever they are, and tells what comes later', () => {
    const attributes = attributeChanges({
      actions: ['delete', 'create'],
      before: {
        name: 'old',
        password: 'hunter1',
        tags: { Name: 'a', Team: 'x' },
        ports: [80],
        rules: [{ from: 1, token: 'hunter2' }],
        id: 'i-1',
        same: true,
      },
      after: {
        name: 'new',
        password: 'hunter3',
        tags: { Name: 'b', Team: 'x' },
        ports: [80, 443],
        rules: [{ from: 2, token: 'hunter4' }],
        same: true,
      },
      after_unknown: { id: true, extra: { 'a b': true } },
      before_sensitive: { password: true, rules: [{ token: true }] },
      after_sensitive: { password: true, rules: [{ token: true }] },
      replace_paths: [['name'], ['rules', 0]],
    });
    expect(
      attributes.map(({ path, before, after, mark, forcesReplacement }) => [
        path,
        before,
        after,
        mark,
        forcesReplacement,
      ]),
    ).toEqual([
      ['extra["a b"]', null, null, 'later', false],
      ['id', 'i-1', null, 'later', false],
      ['name', 'old', 'new', 'known', true],
      ['password', null, null, 'sensitive', false],
      ['ports', [80], [80, 443], 'known', false],
      ['rules[0].from', 1, 2, 'known', true],
      ['rules[0].token', null, null, 'sensitive', true],
      ['tags.Name', 'a', 'b', 'known', false],
    ]);
    expect(JSON.stringify(attributes)).not.toContain('hunter');
  });

  it('hides the part of a value that becomes known later but was secret', () => {
    const attributes = attributeChanges({
      actions: ['update'],
      before: { env: { key: 'hunter', plain: 'x' } },
      after: {},
      after_unknown: { env: true },
      before_sensitive: { env: { key: true } },
      after_sensitive: {},
      replace_paths: [],
    });
    expect(attributes).toMatchObject([{ path: 'env', before: { key: null, plain: 'x' }, after: null, mark: 'later' }]);
  });

  it('knows which outputs exist already', () => {
    const document = plan({
      output_changes: {
        id: change({ after: null, after_unknown: true }),
        list: change({ after: ['a', null], after_unknown: [false, true] }),
        name: change({ after: 'x', after_unknown: false, after_sensitive: true }),
        gone: change({ actions: ['delete'] }),
      },
    });
    expect(plannedOutputs(document)).toEqual({
      id: { known: false, value: null, sensitive: false },
      list: { known: false, value: null, sensitive: false },
      name: { known: true, value: 'x', sensitive: true },
    });
    expect(isWithoutChanges(document)).toBe(false);
    expect(isWithoutChanges(plan({ resource_changes: [resource('a.b', { actions: ['no-op'] })] }))).toBe(true);
    expect(
      isWithoutChanges(plan({ resource_changes: [resource('a.b', { actions: ['no-op'], importing: { id: 'x' } })] })),
    ).toBe(false);
  });

  it('has the same drift whatever the order', () => {
    const one = resource('a.one', { actions: ['update'], after: { x: 1 } });
    const two = resource('a.two', { actions: ['delete'], after: null });
    expect(driftOf(plan({ resource_drift: [one, two] }))).toEqual(driftOf(plan({ resource_drift: [two, one] })));
  });

  it('reads which change waits for which from the configuration', () => {
    const document = plan({
      resource_changes: [
        resource('aws_vpc.main', {}),
        resource('aws_subnet.a[0]', {}),
        resource('aws_subnet.a[1]', {}),
      ],
      configuration: {
        root_module: {
          resources: [
            { address: 'aws_vpc.main', expressions: {} },
            {
              address: 'aws_subnet.a',
              expressions: { vpc_id: { references: ['aws_vpc.main.id', 'aws_vpc.main'] } },
            },
          ],
        },
      },
    });
    expect(changeOrder(document)).toEqual({
      'aws_vpc.main': [],
      'aws_subnet.a[0]': ['aws_vpc.main'],
      'aws_subnet.a[1]': ['aws_vpc.main'],
    });
  });
});
