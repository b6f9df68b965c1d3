import { describe, expect, it } from 'vitest';
import { exampleModel, examplePalette } from '#test/support/canvas/example.ts';
import { nodeView } from '../projection/node-view.ts';
import type { CanvasModel } from './canvas-model.ts';
import { applyCommand, type CanvasCommand } from './commands.ts';

function after(model: CanvasModel, ...commands: CanvasCommand[]): CanvasModel {
  return commands.reduce((current, command) => {
    const result = applyCommand(current, command);
    if (!result.ok) throw new Error(result.problems.join(' '));
    return result.value;
  }, model);
}

function refusal(model: CanvasModel, command: CanvasCommand): string | undefined {
  const result = applyCommand(model, command);
  return result.ok ? undefined : result.problems[0];
}

describe('nodes', () => {
  it('are added with a place and refused when the name is taken or means something else', () => {
    const model = after(exampleModel, { type: 'add-node', name: 'cache', use: 'cache@1.0.0', at: { x: 5, y: 6 } });
    expect(model.document.nodes['cache']).toEqual({ use: 'cache@1.0.0' });
    expect(model.positions['cache']).toEqual({ x: 5, y: 6 });
    const at = { x: 0, y: 0 };
    expect(refusal(model, { type: 'add-node', name: 'cache', use: 'x@1.0.0', at })).toMatch(/already one/);
    expect(refusal(model, { type: 'add-node', name: 'inputs', use: 'x@1.0.0', at })).toMatch(/meaning of its own/);
    expect(refusal(model, { type: 'add-node', name: '2nd', use: 'x@1.0.0', at })).toMatch(/starting with a letter/);
  });

  it('take their wires with them when they are removed, and nothing else', () => {
    const { document, positions } = after(exampleModel, { type: 'remove-nodes', names: ['network'] });
    expect(document.nodes).toEqual({
      database: { use: 'postgres@1.0.3', set: { password: '${inputs.db_password}' } },
      application: {
        use: 'web@2.1.0',
        set: { database_url: '${database.url}', tags: ['a'] },
        when: "${inputs.size != 'none'}",
      },
    });
    expect(document.outputs).toEqual({ url: { value: '${application.url}', description: 'Where it answers' } });
    expect(positions['network']).toBeUndefined();
  });

  it('are renamed everywhere they are mentioned, inside texts and calls too', () => {
    const model = after(exampleModel, { type: 'rename-node', from: 'network', to: 'net' });
    expect(Object.keys(model.document.nodes)).toEqual(['net', 'database', 'application']);
    expect(model.document.nodes['database']?.set?.['subnet_ids']).toBe('${net.private_subnet_ids}');
    expect(model.document.nodes['application']).toMatchObject({
      after: ['net'],
      set: { name: 'web-${lower(net.vpc_id)}-${inputs.size}', tags: ['a', '${net.vpc_id}'] },
    });
    expect(model.positions['net']).toEqual(exampleModel.positions['network']);
  });

  it('are duplicated with the wires between the copies', () => {
    const { document } = after(exampleModel, { type: 'duplicate-nodes', names: ['network', 'database'] });
    expect(document.nodes['database_2']).toEqual({
      use: 'postgres@1.0.3',
      set: { subnet_ids: '${network_2.private_subnet_ids}', password: '${inputs.db_password}' },
    });
    expect(document.nodes['database']).toBe(exampleModel.document.nodes['database']);
  });

  it('lose wires to what is not there when pasted into another blueprint', () => {
    const empty: CanvasModel = {
      document: { blueprint: 'other', version: '0.1.0', boundary: 'platform', nodes: {} },
      positions: {},
    };
    const application = exampleModel.document.nodes['application'];
    if (application === undefined) throw new Error('The example has an application.');
    const { document } = after(empty, { type: 'add-nodes', nodes: { application }, positions: {} });
    expect(document.nodes).toEqual({ application: { use: 'web@2.1.0', set: { tags: ['a'] } } });
  });

  it('leave no empty parts behind', () => {
    const model = after(
      exampleModel,
      { type: 'set-after', node: 'application', after: [] },
      { type: 'set-when', node: 'application', when: null },
      { type: 'clear-input', node: 'network', input: 'cidr' },
    );
    expect(Object.keys(model.document.nodes['application'] ?? {})).toEqual(['use', 'set']);
    expect(model.document.nodes['network']).toEqual({ use: 'networking-vpc@1.2.0' });
  });
});

describe('wires', () => {
  it('write a reference, as a value or as one more member of a list', () => {
    const from = { node: 'network', port: 'vpc_id' };
    const model = after(
      exampleModel,
      { type: 'connect', from, to: { node: 'database', port: 'name' }, asItem: false },
      { type: 'connect', from, to: { node: 'database', port: 'groups' }, asItem: true },
      { type: 'connect', from, to: { node: 'database', port: 'groups' }, asItem: true },
    );
    expect(model.document.nodes['database']?.set).toMatchObject({
      name: '${network.vpc_id}',
      groups: ['${network.vpc_id}'],
    });
  });

  it('are removed alone where they are members of a list', () => {
    const from = { node: 'network', port: 'vpc_id' };
    const model = after(exampleModel, { type: 'disconnect', from, to: { node: 'application', port: 'tags' } });
    expect(model.document.nodes['application']?.set?.['tags']).toEqual(['a']);
  });

  it('from the blueprint’s inputs and to its outputs are drawn like any other', () => {
    const model = after(
      exampleModel,
      {
        type: 'connect',
        from: { node: '@inputs', port: 'size' },
        to: { node: 'database', port: 'name' },
        asItem: false,
      },
      {
        type: 'connect',
        from: { node: 'network', port: 'vpc_id' },
        to: { node: '@outputs', port: 'main_vpc' },
        asItem: false,
      },
    );
    expect(model.document.nodes['database']?.set?.['name']).toBe('${inputs.size}');
    expect(model.document.outputs?.['main_vpc']).toEqual({ value: '${network.vpc_id}' });
  });
});

describe('the blueprint’s own inputs and outputs', () => {
  it('are renamed where they are used', () => {
    const model = after(exampleModel, { type: 'rename-blueprint-input', from: 'size', to: 'tier' });
    expect(model.document.nodes['application']).toMatchObject({
      when: "${inputs.tier != 'none'}",
      set: { name: 'web-${lower(network.vpc_id)}-${inputs.tier}' },
    });
    expect(Object.keys(model.document.inputs ?? {})).toEqual(['cidr', 'tier', 'db_password']);
  });

  it('take their wires with them when they are removed', () => {
    const model = after(exampleModel, { type: 'remove-blueprint-input', name: 'db_password' });
    expect(model.document.nodes['database']?.set).toEqual({ subnet_ids: '${network.private_subnet_ids}' });
  });

  it('are made from a port in one step', () => {
    const model = after(exampleModel, {
      type: 'expose-input',
      to: { node: 'database', port: 'name' },
      name: 'database_name',
      input: { type: 'string', agent: 'ask' },
    });
    expect(model.document.inputs?.['database_name']).toEqual({ type: 'string', agent: 'ask' });
    expect(model.document.nodes['database']?.set?.['name']).toBe('${inputs.database_name}');
  });
});

it('shows a required input without a value as missing, and one that is wired as wired', () => {
  const view = nodeView(exampleModel.document, examplePalette, 'database');
  expect(view?.inputs.map(({ name, state }) => `${name} ${state}`)).toEqual([
    'subnet_ids wired',
    'name missing',
    'password wired',
    'groups open',
  ]);
});
