import type { Json, JsonObject } from '#shared/base/json.ts';
import type { PortSchema } from '#shared/model/index.ts';
import type { RequiredValue } from './required-values.ts';

/** Stands for a text that a chart demands, so that the rest of it can be seen. */
export const placeholderText = 'groundplan-placeholder';

type Path = readonly string[];

function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function schemaAt(schema: PortSchema, path: Path): PortSchema {
  return path.reduce<PortSchema>(
    (here, name) => (Object.hasOwn(here.properties ?? {}, name) ? (here.properties?.[name] ?? {}) : {}),
    schema,
  );
}

/** A value that may stand at a place, for looking at the rest: never one that is used. */
function placeholderOf(schema: PortSchema): Json {
  const [given] = [...(schema.enum ?? []), ...(schema.examples ?? [])];
  if (given !== undefined) return given;
  switch (schema.type) {
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    case 'boolean':
      return true;
    case 'array':
      return [placeholderOf(schema.items ?? {})];
    case 'object':
      return Object.fromEntries((schema.required ?? []).map((name) => [name, placeholderOf(schemaAt(schema, [name]))]));
    default:
      return placeholderText;
  }
}

/** Values with a placeholder at a path more. */
export function withPlaceholder(values: JsonObject, path: Path, schema: PortSchema): JsonObject {
  const [name, ...rest] = path;
  if (name === undefined || name === '__proto__') return values;
  const inner = values[name];
  const here = schemaAt(schema, [name]);
  const value = rest.length === 0 ? placeholderOf(here) : withPlaceholder(isJsonObject(inner) ? inner : {}, rest, here);
  return { ...values, [name]: value };
}

/** `execution error at (shop/templates/all.yaml:14:24): words` */
function demandedByTemplate(failure: string, demanded: readonly RequiredValue[]): readonly Path[] {
  const [, template = '', words = ''] = /\(([^()]+?):\d+:\d+\): (.*)/.exec(failure) ?? [];
  const saying = demanded.filter(({ message }) => message !== '' && words.includes(message));
  const there = saying.filter(({ where }) => template.endsWith(`/${where.replace(/^.*?(templates\/.*):\d+$/, '$1')}`));
  return (there.length > 0 ? there : saying).map(({ path }) => path);
}

/** `at '/image': missing properties 'tag', 'name'`, below the name of the chart whose schema says so. */
function demandedBySchema(failure: string, chart: string): readonly Path[] {
  let within: Path = [];
  return failure.split('\n').flatMap((line) => {
    const [, section] = /^([\w.-]+):\s*$/.exec(line) ?? [];
    if (section !== undefined) within = section === chart ? [] : [section];
    const [, at = '', names = ''] = /at '([^']*)': missing propert(?:y|ies) (.*)$/.exec(line) ?? [];
    const above = at.split('/').filter((part) => part !== '');
    return [...names.matchAll(/'([^']+)'/g)].map(([, name = '']) => [...within, ...above, name]);
  });
}

/** The values that Helm says are missing; none where it fails for another reason. */
export function missingValues(
  failure: string,
  { demanded, chart }: { readonly demanded: readonly RequiredValue[]; readonly chart: string },
): readonly Path[] {
  const paths = [...demandedByTemplate(failure, demanded), ...demandedBySchema(failure, chart)];
  return [...new Map(paths.map((path) => [path.join('.'), path])).values()];
}
