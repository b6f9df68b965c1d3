import { expect, test } from 'vitest';
import type { Json } from '#shared/base/json.ts';
import { readProofPlan } from './read-proof-plan.ts';

interface Change {
  readonly address?: string;
  readonly actions: readonly string[];
  readonly before?: Json;
  readonly after?: Json;
  readonly unknown?: Json;
  readonly sensitive?: Json;
  readonly importing?: string;
}

function plan(changes: readonly Change[], configuration: Json = null): Json {
  return {
    format_version: '1.2',
    configuration,
    resource_changes: changes.map((change) => {
      const address = change.address ?? 'aws_security_group.data';
      return {
        address,
        mode: 'managed',
        type: address.split('.')[0] ?? '',
        change: {
          actions: [...change.actions],
          before: change.before ?? null,
          after: change.after ?? null,
          after_unknown: change.unknown ?? false,
          after_sensitive: change.sensitive ?? false,
          ...(change.importing === undefined ? {} : { importing: { id: change.importing } }),
        },
      };
    }),
    output_changes: {
      vpc_id: { actions: ['create'], after: 'vpc-1', after_unknown: false },
      later: { actions: ['create'], after: null, after_unknown: true },
    },
  };
}

test('counts what would be imported, made, changed and destroyed', () => {
  const proof = readProofPlan(
    plan([
      { actions: ['no-op'], importing: 'sg-1' },
      { actions: ['update'], importing: 'sg-2', before: { a: 1 }, after: { a: 2 } },
      { actions: ['delete', 'create'], importing: 'sg-3', before: { a: 1 }, after: { a: 2 } },
      { actions: ['create'] },
    ]),
  );
  expect(proof).toMatchObject({ imports: 3, add: 2, change: 1, destroy: 1 });
});

test('shows each attribute, and of lists without order only the elements that differ', () => {
  const [ssh, web] = [{ from_port: 22 }, { from_port: 443 }];
  const { differences } = readProofPlan(
    plan([
      {
        actions: ['update'],
        before: { ingress: [ssh, web], tags: { Name: 'a', Team: 'x' }, same: 1 },
        after: { ingress: [web], tags: { Name: 'b', Team: 'x' }, same: 1 },
      },
    ]),
  );
  expect(differences).toEqual([
    { address: 'aws_security_group.data', path: 'ingress', code: [], cloud: [ssh] },
    { address: 'aws_security_group.data', path: 'tags.Name', code: 'b', cloud: 'a' },
  ]);
});

test('never hides a change that the tool counts, however little it says', () => {
  const timeouts = { create: null };
  const { differences } = readProofPlan(
    plan([{ actions: ['update'], before: { timeouts }, after: { timeouts: null } }]),
  );
  expect(differences).toEqual([{ address: 'aws_security_group.data', path: 'timeouts', code: null, cloud: timeouts }]);
});

test('keeps sensitive values to itself and says what is only known later', () => {
  const change = {
    actions: ['update'],
    before: { password: 'old', arn: 'arn:1' },
    after: { password: 'new' },
    unknown: { arn: true },
    sensitive: { password: true },
  };
  const { differences } = readProofPlan(plan([change]));
  expect(JSON.stringify(differences)).not.toMatch(/old|new/);
  expect(differences).toContainEqual({
    address: 'aws_security_group.data',
    path: 'arn',
    code: '(known after apply)',
    cloud: 'arn:1',
  });
});

test('names what lives in the state only, from the type and from secrets in the code', () => {
  const configuration = {
    root_module: {
      variables: { token: { sensitive: true } },
      resources: [
        {
          address: 'aws_lambda_function.sort',
          expressions: {
            environment: [{ variables: { references: ['var.token'] } }],
            memory_size: { constant_value: 1 },
          },
        },
      ],
    },
  };
  const { stateOnly } = readProofPlan(
    plan([{ address: 'aws_lambda_function.sort', actions: ['no-op'], importing: 'sort' }], configuration),
  );
  expect(stateOnly.map(({ attribute }) => attribute)).toEqual(['filename', 'publish', 'environment']);
});

test('gives on only outputs that the plan knows', () => {
  expect(readProofPlan(plan([])).outputs).toEqual({ vpc_id: 'vpc-1' });
});

test('refuses a plan of an unknown form', () => {
  expect(() => readProofPlan({ format_version: '9.0' })).toThrow(/form that is not known/);
});
