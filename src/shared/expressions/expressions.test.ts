import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../base/json.ts';
import { evaluate, inferSchema, limits, parseTemplate, references, syntaxProblems, type Scope } from './index.ts';

const values: Record<string, Json> = {
  'inputs.cidr': '10.20.0.0/16',
  'inputs.size': 'small',
  'inputs.count': 3,
  'inputs.zones': ['a', 'b'],
  'target.region': 'eu-west-1',
  'network.ids': ['subnet-1', 'subnet-2'],
  'network.info': { name: 'Main Net', tags: { team: 'core' } },
};

const scope: Scope = ({ root, node, name }) => {
  if (node === 'database') return { state: 'unknown', sensitive: name === 'url' };
  if (name === 'password') return { state: 'known', value: 'hunter2', sensitive: true };
  const value = values[`${node ?? root}.${name}`];
  return value === undefined
    ? { state: 'error', message: `There is no ${name}.` }
    : { state: 'known', value, sensitive: false };
};

function known(value: Json): Json {
  const result = evaluate(value, scope);
  if (result.state !== 'known') throw new Error(JSON.stringify(result));
  return result.value;
}

function message(value: Json): string {
  const result = evaluate(value, scope);
  return result.state === 'error' ? result.problems.map((problem) => problem.message).join(' ') : result.state;
}

describe('values of a blueprint', () => {
  it('keeps the type of an expression that stands alone, and makes text of the rest', () => {
    expect(known('${inputs.count}')).toBe(3);
    expect(known('${network.ids}')).toEqual(['subnet-1', 'subnet-2']);
    expect(known('n-${inputs.count}-${target.region}')).toBe('n-3-eu-west-1');
    expect(known({ a: ['${inputs.zones[1]}', 7], b: '${network.info.tags.team}' })).toEqual({ a: ['b', 7], b: 'core' });
    expect(known('costs $${literal}')).toBe('costs ${literal}');
  });

  it('compares, and never takes a number for its text', () => {
    expect(known("${inputs.size != 'none'}")).toBe(true);
    expect(known("${inputs.count == '3'}")).toBe(false);
    expect(known('${network.ids == ["subnet-1", "subnet-2"]}')).toBe(true);
  });

  it.each<[string, Json]>([
    ['${join("-", inputs.zones)}', 'a-b'],
    ['${upper(lower("AbC"))}', 'ABC'],
    ['${slug("  Zürich — Main Net ")}', 'zurich-main-net'],
    ['${lookup({ small: "t3.small", large: "m5.large" }, inputs.size)}', 't3.small'],
    ['${lookup({ large: 1 }, inputs.size, 0)}', 0],
    ['${replace("a.b.c", ".", "-")}', 'a-b-c'],
    ['${format("%s-%03d%%", inputs.size, inputs.count)}', 'small-003%'],
    ['${concat(network.ids, ["x"])}', ['subnet-1', 'subnet-2', 'x']],
    ['${coalesce("", null, inputs.size)}', 'small'],
    ['${element(inputs.zones, 3)}', 'b'],
    ['${length(network.ids)}', 2],
  ])('%s', (text, expected) => {
    expect(known(text)).toEqual(expected);
  });

  // Expected values as Terraform's own documentation and console give them.
  it.each<[string, number, number, string]>([
    ['172.16.0.0/12', 4, 2, '172.18.0.0/16'],
    ['10.1.2.0/24', 4, 15, '10.1.2.240/28'],
    ['10.1.2.7/24', 1, 1, '10.1.2.128/25'],
    ['fd00:fd12:3456:7890::/56', 16, 162, 'fd00:fd12:3456:7800:a200::/72'],
    ['0.0.0.0/0', 32, 4_294_967_295, '255.255.255.255/32'],
  ])('cidr_subnet(%s, %i, %i) is %s', (...[prefix, bits, number, expected]) => {
    expect(known(`\${cidr_subnet("${prefix}", ${bits}, ${number})}`)).toBe(expected);
  });

  it('refuses subnets that do not exist', () => {
    expect(message('${cidr_subnet(inputs.cidr, 4, 16)}')).toMatch('does not fit into 4 bits');
    expect(message('${cidr_subnet(inputs.cidr, 17, 0)}')).toMatch('cannot be extended');
    expect(message('${cidr_subnet("10.0.0.300/8", 1, 0)}')).toMatch('address range');
    expect(message('${cidr_subnet("010.0.0.0/8", 1, 0)}')).toMatch('address range');
  });

  it('waits for what is not made yet, with every reference, and makes nothing up', () => {
    const result = evaluate({ a: 'x-${database.url}', b: ['${lower(database.name)}', '${inputs.size}'] }, scope);
    expect(result).toMatchObject({
      state: 'unknown',
      sensitive: true,
      waitsFor: [
        { node: 'database', name: 'url', path: ['a'] },
        { node: 'database', name: 'name', path: ['b', 0] },
      ],
    });
  });

  it('carries sensitivity from any part to the whole', () => {
    expect(evaluate('postgres://app:${inputs.password}@db', scope)).toMatchObject({ state: 'known', sensitive: true });
    expect(evaluate('${inputs.size}', scope)).toMatchObject({ sensitive: false });
  });

  it('never repeats a value in a message', () => {
    expect(message('${inputs.password.length}')).not.toContain('hunter2');
    expect(message('${lookup({a: 1}, inputs.password)}')).not.toContain('hunter2');
    expect(message('${cidr_subnet(inputs.password, 1, 0)}')).not.toContain('hunter2');
  });

  it('says what is wrong and where', () => {
    expect(syntaxProblems({ a: ['x ${inputs.}'] })).toEqual([
      { message: 'Expected a name after the dot, found "}".', start: 11, end: 12, path: ['a', 0] },
    ]);
    expect(message('${exec("rm")}')).toMatch('There is no function "exec"');
    expect(message('${constructor("rm")}')).toMatch('There is no function');
    expect(message('${region}')).toMatch('inputs.NAME');
    expect(message('${inputs.a')).toMatch('"}"');
    expect(message('${"open}')).toMatch('not closed');
    expect(message('${1 + 1}')).toMatch('not part of an expression');
    expect(message('a-${network.ids}')).toMatch('use join for a list');
    expect(message('${network.info.__proto__}')).toMatch('There is no "__proto__"');
    expect(message('${network.ids[5]}')).toMatch('none at 5');
  });

  it('finds references in the order written', () => {
    expect(references(['${a.x}-${join(",", b.y)}', { k: '${inputs.z[target.region]}' }])).toMatchObject([
      { node: 'a', name: 'x', start: 2, end: 5, path: [0] },
      { node: 'b', name: 'y', path: [0] },
      { root: 'inputs', name: 'z', path: [1, 'k'] },
      { root: 'target', name: 'region', path: [1, 'k'] },
    ]);
  });

  it('infers types', () => {
    const types = () => ({ type: 'array' as const, items: { type: 'string' as const } });
    expect(inferSchema('${a.ids}', types)).toEqual(types());
    expect(inferSchema('${a.ids[0]}', types)).toEqual({ type: 'string' });
    expect(inferSchema('x${a.ids}', types)).toEqual({ type: 'string' });
    expect(inferSchema('${a.b == 1}', types)).toEqual({ type: 'boolean' });
    expect(inferSchema({ n: 1 }, types)).toEqual({
      type: 'object',
      properties: { n: { type: 'integer', const: 1 } },
      required: ['n'],
    });
  });

  it('stays within its bounds whatever is written', () => {
    expect(message(`\${${'('.repeat(5000)}1${')'.repeat(5000)}}`)).toMatch('nested too deeply');
    const grow = Array.from({ length: 12 }).reduce<string>((inner) => `replace(${inner}, "a", "aaaaaaaaaa")`, '"a"');
    expect(message(`\${${grow}}`)).toMatch('too long');
    expect(message(`\${"${'x'.repeat(limits.text)}"}`)).toMatch('longer than');
  });

  it('parses or refuses any text without throwing, and leaves text without ${ alone', () => {
    const pieces = fc.constantFrom(
      '${',
      '}',
      '"',
      'inputs',
      '.',
      'a',
      '(',
      ')',
      '[',
      ']',
      ' ',
      'join',
      ',',
      '==',
      '$',
      '0',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string())), (list) => {
        const text = list.join('');
        parseTemplate(text);
        const result = evaluate(text, scope);
        expect(text.includes('${') || (result.state === 'known' && result.value === text)).toBe(true);
      }),
    );
  });
});
