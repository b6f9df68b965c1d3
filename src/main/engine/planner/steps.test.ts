import { describe, expect, it } from 'vitest';
import type { Artifact, BlueprintDocument, Boundary } from '#shared/model/index.ts';
import type { ResolvedBlueprint, ResolvedNode } from '../ports/index.ts';
import { inputsOf } from './step-inputs.ts';
import type { OutputLookup } from './frame.ts';
import { reversed, stepsOf } from './steps.ts';

const target = { cloud: 'aws' as const, account: '123456789012', region: 'eu-west-1' };
const nothingKnown: OutputLookup = () => ({ state: 'unknown', sensitive: false });

function artifact(name: string, boundary: Boundary, sensitive: readonly string[] = []): ResolvedNode {
  const properties = Object.fromEntries(sensitive.map((input) => [input, { 'x-sensitive': true }]));
  const interfaces: Artifact = {
    name,
    version: '1.0.0',
    runner: 'terraform',
    boundary,
    summary: '',
    digest: 'sha256:0',
    source: name,
    inputs: { type: 'object', properties, required: [] },
    outputs: { type: 'object', properties: {}, required: [] },
    requires: [],
    creates: {},
    dependencies: [],
  };
  return { type: 'artifact', use: `${name}@1.0.0`, digest: 'sha256:0', artifact: interfaces, sources: `/${name}` };
}

function blueprint(
  name: string,
  document: Pick<BlueprintDocument, 'inputs' | 'nodes' | 'outputs'>,
  nodes: Record<string, ResolvedNode>,
): ResolvedBlueprint {
  return { document: { blueprint: name, version: '1.0.0', boundary: 'platform', ...document }, nodes };
}

const core = blueprint(
  'core',
  {
    inputs: { cidr: { type: 'string' }, label: { type: 'string', default: 'core' } },
    nodes: {
      vpc: { use: 'vpc@1.0.0', set: { cidr: '${inputs.cidr}', label: '${inputs.label}' } },
      zone: { use: 'zone@1.0.0', set: { vpc: '${vpc.id}' } },
    },
    outputs: { vpc: { value: '${vpc.id}' }, names: { value: ['${zone.name}', '${inputs.label}'] } },
  },
  { vpc: artifact('vpc', 'networking'), zone: artifact('zone', 'networking') },
);

const whole = blueprint(
  'whole',
  {
    inputs: {
      cidr: { type: 'string' },
      extra: { type: 'boolean', default: false },
      secret: { type: 'string', sensitive: true },
    },
    nodes: {
      app: { use: 'app@1.0.0', set: { vpc: '${core.vpc}', names: '${core.names}', key: 'k-${inputs.secret}' } },
      core: { use: 'core@1.0.0', set: { cidr: '${inputs.cidr}' } },
      watch: { use: 'watch@1.0.0', after: ['core'], when: '${inputs.extra}' },
      data: { use: 'data@1.0.0', set: { region: '${target.region}', watch: '${watch.id}' } },
    },
  },
  {
    app: artifact('app', 'application'),
    core: { type: 'blueprint', use: 'core@1.0.0', digest: 'sha256:0', blueprint: core },
    watch: artifact('watch', 'observability'),
    data: artifact('data', 'data'),
  },
);

const given = { cidr: { value: '10.0.0.0/16', sensitive: false }, secret: { value: 'hush', sensitive: true } };

describe('steps of a blueprint', () => {
  it('opens blueprints inside, orders by wires and after, and leaves out what is switched off', () => {
    const steps = stepsOf(whole, target, given);
    expect(steps.map(({ id, stage, after }) => [id, stage, after])).toEqual([
      ['core.vpc', 1, []],
      ['data', 1, []],
      ['core.zone', 2, ['core.vpc']],
      ['app', 3, ['core.vpc', 'core.zone']],
    ]);
    const all = stepsOf(whole, target, { ...given, extra: { value: true, sensitive: false } });
    expect(all.find((step) => step.id === 'watch')?.after).toEqual(['core.vpc', 'core.zone']);
    expect(all.find((step) => step.id === 'data')?.after).toEqual(['watch']);
  });

  it('turns round for a removal', () => {
    expect(reversed(stepsOf(whole, target, given)).map(({ id, stage }) => [id, stage])).toEqual([
      ['app', 1],
      ['core.zone', 2],
      ['core.vpc', 3],
      ['data', 3],
    ]);
  });

  it('names a circle', () => {
    const round = blueprint(
      'round',
      { nodes: { a: { use: 'a@1.0.0', after: ['b'] }, b: { use: 'b@1.0.0', set: { x: '${a.id}' } } } },
      { a: artifact('a', 'data'), b: artifact('b', 'data') },
    );
    expect(() => stepsOf(round, target, {})).toThrow('a → b → a');
  });
});

describe('what a step gets', () => {
  const steps = stepsOf(whole, target, given);
  const step = (id: string) => {
    const found = steps.find((one) => one.id === id);
    if (found === undefined) throw new Error(id);
    return found;
  };

  it('follows wires through blueprints and names what it waits for', () => {
    const inputs = inputsOf(step('app'), { inputs: given, outputs: nothingKnown });
    expect(inputs.waitsFor).toEqual([
      { input: 'vpc', node: 'core.vpc', output: 'id' },
      { input: 'names', node: 'core.zone', output: 'name' },
    ]);
    expect(inputs.variables).toEqual({ key: 'k-hush' });
    expect(inputs.sensitive).toEqual(['key']);
  });

  it('is complete once the outputs are there, sensitivity with them', () => {
    const outputs: OutputLookup = (id, output) => ({
      state: 'known',
      value: `${id}/${output}`,
      sensitive: id === 'core.zone',
    });
    const inputs = inputsOf(step('app'), { inputs: given, outputs });
    expect(inputs.variables).toEqual({
      vpc: 'core.vpc/id',
      names: ['core.zone/name', 'core'],
      key: 'k-hush',
    });
    expect(inputs.sensitive).toEqual(['names', 'key']);
    expect(inputs.waitsFor).toEqual([]);
  });

  it('leaves a wire from a step that is switched off to the default', () => {
    expect(inputsOf(step('data'), { inputs: given, outputs: nothingKnown }).variables).toEqual({ region: 'eu-west-1' });
  });

  it('names inputs of the deployment that nobody gave', () => {
    const inputs = inputsOf(step('core.vpc'), { inputs: {}, outputs: nothingKnown });
    expect(inputs.missing).toEqual(['cidr']);
    expect(inputs.variables).toEqual({ label: 'core' });
  });
});

describe('names of nodes', () => {
  it('cannot lead out of a folder', () => {
    const sly = blueprint('sly', { nodes: { '../../x': { use: 'a@1.0.0' } } }, { '../../x': artifact('a', 'data') });
    expect(() => stepsOf(sly, target, {})).toThrow('is no name for a node');
  });
});
