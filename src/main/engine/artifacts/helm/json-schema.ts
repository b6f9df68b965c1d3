import type { Json, JsonObject } from '#shared/base/json.ts';
import type { PortSchema } from '#shared/model/index.ts';

/** A schema in our subset, with what of the original it cannot say. */
export interface ConvertedSchema {
  readonly schema: PortSchema;
  /** Words of the original that the subset does not have, such as `oneOf`. */
  readonly left: readonly string[];
}

// What is carried over as it stands, with the type it must have.
const plain = {
  description: 'string',
  pattern: 'string',
  format: 'string',
  minimum: 'number',
  maximum: 'number',
  minLength: 'number',
  maxLength: 'number',
  exclusiveMinimum: 'number',
  exclusiveMaximum: 'number',
  minItems: 'number',
  maxItems: 'number',
  minProperties: 'number',
  maxProperties: 'number',
  uniqueItems: 'boolean',
  deprecated: 'boolean',
} as const;

// Words that restrict a value in ways the subset cannot say.
const restricting = [
  'anyOf',
  'oneOf',
  'not',
  'if',
  'patternProperties',
  'dependentRequired',
  'dependencies',
  'contains',
  'multipleOf',
];

function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

interface Place {
  readonly root: JsonObject;
  /** References being followed: a schema that refers to itself ends here. */
  readonly within: readonly string[];
}

function target(reference: string, root: JsonObject): Json | undefined {
  let here: Json | undefined = root;
  for (const step of reference
    .replace(/^#\/?/, '')
    .split('/')
    .filter((part) => part !== '')) {
    const name = decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~');
    here = isJsonObject(here) ? here[name] : undefined;
  }
  return here;
}

function typeOf(value: Json | undefined): PortSchema['type'] {
  const types = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string' && one !== 'null');
  const [only, second] = types;
  // Several types at once are more than a port can say.
  return second === undefined ? (only as PortSchema['type']) : undefined;
}

/** Converts a JSON Schema (draft 7 or 2020-12) to our subset; local references are followed. */
export function schemaOfJson(value: Json, place?: Place): ConvertedSchema {
  if (!isJsonObject(value)) return { schema: {}, left: [] };
  const here = place ?? { root: value, within: [] };
  const left: string[] = [];
  const inner = (one: Json): PortSchema => {
    const converted = schemaOfJson(one, here);
    left.push(...converted.left);
    return converted.schema;
  };
  const { $ref } = value;
  if (typeof $ref === 'string') {
    const found = $ref.startsWith('#') && !here.within.includes($ref) ? target($ref, here.root) : undefined;
    if (found === undefined) return { schema: {}, left: [`$ref ${$ref}`] };
    return schemaOfJson(found, { ...here, within: [...here.within, $ref] });
  }
  const schema: PortSchema = {};
  const type = typeOf(value['type']);
  if (type !== undefined) schema.type = type;
  for (const [name, wanted] of Object.entries(plain)) {
    if (typeof value[name] === wanted) Object.assign(schema, { [name]: value[name] });
  }
  if (Array.isArray(value['enum'])) schema.enum = value['enum'].filter((one) => one !== null);
  if (value['const'] !== undefined) schema.const = value['const'];
  if (value['default'] !== undefined && value['default'] !== null) schema.default = value['default'];
  if (Array.isArray(value['examples'])) schema.examples = value['examples'];
  if (isJsonObject(value['items'])) schema.items = inner(value['items']);
  if (isJsonObject(value['propertyNames'])) schema.propertyNames = inner(value['propertyNames']);
  // Earlier drafts give the types of single members as a list under `items`.
  const members = Array.isArray(value['items']) ? value['items'] : value['prefixItems'];
  if (Array.isArray(members) && members.length > 0) schema.prefixItems = members.map(inner);
  if (isJsonObject(value['properties'])) {
    schema.properties = Object.fromEntries(
      Object.entries(value['properties']).map(([name, one]) => [name, inner(one)]),
    );
  }
  if (Array.isArray(value['required'])) schema.required = value['required'].filter((one) => typeof one === 'string');
  const more = value['additionalProperties'];
  if (typeof more === 'boolean') schema.additionalProperties = more;
  else if (isJsonObject(more)) schema.additionalProperties = inner(more);
  for (const part of Array.isArray(value['allOf']) ? value['allOf'] : []) {
    const { properties, required, ...rest } = inner(part);
    Object.assign(schema, rest);
    if (properties !== undefined) schema.properties = { ...schema.properties, ...properties };
    if (required !== undefined) schema.required = [...(schema.required ?? []), ...required];
  }
  left.push(...restricting.filter((name) => value[name] !== undefined));
  return { schema, left };
}
