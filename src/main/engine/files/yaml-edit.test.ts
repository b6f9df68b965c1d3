import * as fc from 'fast-check';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#shared/base/json.ts';
import { editYaml, writeYaml } from './yaml-edit.ts';

const text = `# yaml-language-server: $schema=x
blueprint: regional # the name
version: 2.3.0

# what a deployment asks for
inputs:
  region:    { type: string, from: target }   # aligned by hand
  cidr:      { type: string, format: cidr }

nodes:
  # the network comes first
  network:
    use: networking-vpc@1.2.0
    set: { cidr: "\${inputs.cidr}", name: 'main' }
  database:
    use: postgres@1.0.3
    set:
      subnet_ids: "\${network.private_subnet_ids}" # wired
      size: 5
    after: [network]
`;

/** The lines that differ, as a diff shows them. */
function changed(target: JsonObject): { readonly removed: string[]; readonly added: string[] } {
  const after = editYaml(text, target);
  expect(parse(after)).toEqual(target);
  const [before, now] = [text.split('\n'), after.split('\n')];
  return {
    removed: before.filter((line) => !now.includes(line)),
    added: now.filter((line) => !before.includes(line)),
  };
}

function edited(change: (data: Record<string, Record<string, Record<string, unknown>>>) => void): JsonObject {
  const data = parse(text) as Record<string, Record<string, Record<string, unknown>>>;
  change(data);
  return data as JsonObject;
}

describe('editYaml', () => {
  it('touches nothing when nothing changed', () => {
    expect(editYaml(text, parse(text) as JsonObject)).toBe(text);
  });

  it('changes one scalar in its place, keeping quotes and comments', () => {
    expect(
      changed(
        edited((data) => {
          Object.assign(data['nodes']?.['network']?.['set'] ?? {}, { name: 'core' });
        }),
      ),
    ).toEqual({
      removed: [`    set: { cidr: "\${inputs.cidr}", name: 'main' }`],
      added: [`    set: { cidr: "\${inputs.cidr}", name: 'core' }`],
    });
  });

  it('adds keys where they belong, in the style around them', () => {
    const target = edited((data) => {
      Object.assign(data['inputs'] ?? {}, { size: { type: 'string', enum: ['small', 'large'] } });
      Object.assign(data['nodes']?.['database']?.['set'] ?? {}, { url: 'x-${network.url}' });
      Object.assign(data['nodes']?.['network']?.['set'] ?? {}, { zones: ['a', 'b'] });
      Object.assign(data['nodes'] ?? {}, { app: { use: 'web@1.0.0', set: { a: '${database.url}' } } });
    });
    expect(changed(target)).toEqual({
      removed: [`    set: { cidr: "\${inputs.cidr}", name: 'main' }`],
      added: [
        '  size: { type: string, enum: [ small, large ] }',
        `    set: { cidr: "\${inputs.cidr}", name: 'main', zones: [ a, b ] }`,
        '      url: "x-${network.url}"',
        '  app:',
        '    use: web@1.0.0',
        '    set: { a: "${database.url}" }',
      ],
    });
  });

  it('puts a new first or middle key at its place in the order given', () => {
    const data = parse(text) as JsonObject;
    const { blueprint, version, ...rest } = data;
    const target = { blueprint: blueprint ?? null, version: version ?? null, summary: 'A region', ...rest };
    expect(editYaml(text, target)).toContain('version: 2.3.0\nsummary: A region\n');
    expect(editYaml('b: 1\n', { a: 0, b: 1 })).toBe('a: 0\nb: 1\n');
  });

  it('removes keys with their lines only', () => {
    const target = edited((data) => {
      delete data['inputs']?.['region'];
      delete data['nodes']?.['database']?.['after'];
      delete data['nodes']?.['network']?.['set']?.['name' as never];
    });
    expect(changed(target)).toEqual({
      removed: [
        '  region:    { type: string, from: target }   # aligned by hand',
        `    set: { cidr: "\${inputs.cidr}", name: 'main' }`,
        '    after: [network]',
      ],
      added: ['    set: { cidr: "${inputs.cidr}" }'],
    });
  });

  it('replaces a list whose length changed, and fills a value that was empty', () => {
    expect(editYaml('after: [a, b] # order\nx: 1\n', { after: ['a'], x: 1 })).toBe('after: [ a ] # order\nx: 1\n');
    expect(editYaml('after:\n  - a\n  - b\nx: 1\n', { after: ['a', 'b', 'c'], x: 1 })).toBe(
      'after: [ a, b, c ]\nx: 1\n',
    );
    expect(editYaml('a:\nb: 1\n', { a: 'now', b: 1 })).toBe('a: now\nb: 1\n');
    expect(editYaml('a:\n  x: 1\nb: 1\n', { a: {}, b: 1 })).toBe('a: {}\nb: 1\n');
  });

  it('reaches any data from any other, whatever the shapes', () => {
    const scalar = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.constantFrom('${a.b}', 'yes', '1', '- x', 'a: b', '# c', 'two\nlines', ' lead', ''),
    );
    const key = fc
      .oneof(fc.constantFrom('a', 'b', 'c', 'd'), fc.string({ minLength: 1 }))
      .filter((k) => k !== '__proto__');
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        scalar,
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(key, tie('value'), { maxKeys: 4 }),
      ),
    }));
    const map = fc.dictionary(key, value, { maxKeys: 5 }) as fc.Arbitrary<JsonObject>;
    fc.assert(
      fc.property(map, map, (before, after) => {
        const plain = (data: JsonObject): JsonObject => JSON.parse(JSON.stringify(data)) as JsonObject;
        expect(parse(editYaml(writeYaml(plain(before)), plain(after)))).toEqual(plain(after));
      }),
      { numRuns: 500 },
    );
  });
});
