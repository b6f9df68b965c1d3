import type { PortSchema } from '../model/artifact.ts';

const words: Readonly<Record<NonNullable<PortSchema['type']>, string>> = {
  string: 'text',
  number: 'number',
  integer: 'whole number',
  boolean: 'true or false',
  array: 'list',
  object: 'object',
  null: 'nothing',
};

/** A type in a few words: `list of text`, `map of number`, `tuple of text, number`, `object`, `anything`. */
export function describeType(schema: PortSchema): string {
  if (schema.type === undefined)
    return schema.const === undefined && schema.enum === undefined ? 'anything' : 'a choice';
  if (schema.type === 'array') {
    if (schema.items?.type === undefined && schema.prefixItems !== undefined && schema.prefixItems.length > 0) {
      return `tuple of ${schema.prefixItems.map(describeType).join(', ')}`;
    }
    const kind = schema.uniqueItems === true ? 'set' : 'list';
    return schema.items?.type === undefined ? kind : `${kind} of ${describeType(schema.items)}`;
  }
  if (schema.type === 'object' && isMap(schema)) {
    const of = schema.additionalProperties;
    return typeof of === 'object' && of.type !== undefined ? `map of ${describeType(of)}` : 'map';
  }
  return schema.format === undefined ? words[schema.type] : `${words[schema.type]} (${schema.format})`;
}

function isMap(schema: PortSchema): boolean {
  return schema.properties === undefined && typeof schema.additionalProperties === 'object';
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

const limits = [
  ['minimum', (bound: number) => `at least ${bound}`],
  ['exclusiveMinimum', (bound: number) => `more than ${bound}`],
  ['maximum', (bound: number) => `at most ${bound}`],
  ['exclusiveMaximum', (bound: number) => `less than ${bound}`],
  ['minLength', (count: number) => `at least ${counted(count, 'character', 'characters')}`],
  ['maxLength', (count: number) => `at most ${counted(count, 'character', 'characters')}`],
  ['minItems', (count: number) => `at least ${counted(count, 'member', 'members')}`],
  ['maxItems', (count: number) => `at most ${counted(count, 'member', 'members')}`],
  ['minProperties', (count: number) => `at least ${counted(count, 'entry', 'entries')}`],
  ['maxProperties', (count: number) => `at most ${counted(count, 'entry', 'entries')}`],
] as const;

/** Everything a type asks for beyond its kind, each in words: `at least 2 members`, `matches ^a`. */
export function describeLimits(schema: PortSchema): readonly string[] {
  const said = limits.flatMap(([keyword, words]) => {
    const bound = schema[keyword];
    return bound === undefined ? [] : [words(bound)];
  });
  return [
    ...(schema.enum === undefined ? [] : [`one of ${schema.enum.map((choice) => JSON.stringify(choice)).join(', ')}`]),
    ...(schema.pattern === undefined ? [] : [`matches ${schema.pattern}`]),
    ...said,
    ...(schema.propertyNames === undefined
      ? []
      : describeLimits(schema.propertyNames).map((limit) => `names: ${limit}`)),
    ...(schema.items === undefined ? [] : describeLimits(schema.items).map((limit) => `each: ${limit}`)),
  ];
}
