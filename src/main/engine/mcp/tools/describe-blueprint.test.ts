import { expect, test } from 'vitest';
import type { ToolCall } from '../tool.ts';
import { describeBlueprint } from './describe-blueprint.ts';

/** A catalog with one blueprint whose inputs have these ports. */
function callWith(inputs: Record<string, { sensitive?: boolean }>, properties: Record<string, object>): ToolCall {
  const release = {
    type: 'blueprint',
    name: 'shop',
    version: '1.0.0',
    status: 'active',
    audience: { agents: 'propose' },
  };
  const catalog = {
    list: () => Promise.resolve({ entries: [{ release, intact: true, summary: 'A shop', boundary: 'data' }] }),
    get: () => Promise.resolve({ document: { inputs }, inputs: { properties, required: [] } }),
    environments: () => Promise.resolve({ environments: [] }),
  };
  const call: unknown = {
    services: { catalog },
    actor: { kind: 'agent', name: 'a' },
    signal: AbortSignal.timeout(60_000),
  };
  return call as ToolCall;
}

test('an agent sees the defaults of inputs, but never one that is secret by its blueprint or its port', async () => {
  const call = callWith(
    { size: {}, password: { sensitive: true }, token: {} },
    {
      size: { type: 'number', default: 3, 'x-origin': { how: 'declared', where: 'main.tf:1' } },
      password: { type: 'string', default: 'hunter2' },
      token: { type: 'string', default: 'hunter3', 'x-sensitive': true },
    },
  );
  const { inputs } = await describeBlueprint.run({ name: 'shop' }, call);
  expect(inputs).toEqual([
    { name: 'size', given_by: 'person', required: false, sensitive: false, schema: { type: 'number', default: 3 } },
    { name: 'password', given_by: 'person', required: false, sensitive: true, schema: { type: 'string' } },
    {
      name: 'token',
      given_by: 'person',
      required: false,
      sensitive: true,
      schema: { type: 'string', 'x-sensitive': true },
    },
  ]);
});
