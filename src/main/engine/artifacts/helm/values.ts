import { isMap, isScalar, LineCounter, parseDocument, type YAMLMap } from 'yaml';
import type { Json, JsonObject } from '#shared/base/json.ts';
import type { Origin, PortSchema, Problem } from '#shared/model/index.ts';
import { commentOf, type ParameterComments, parameterComments } from './value-comments.ts';

/** The values of a chart: what they are when nobody sets them, and their types. */
export interface ChartValues {
  readonly defaults: JsonObject;
  /** An object's schema: a property for each value, with where its type was read. */
  readonly schema: PortSchema;
  readonly problems: readonly Problem[];
}

interface Sources {
  readonly file: string;
  readonly lines: readonly string[];
  readonly counter: LineCounter;
  readonly parameters: ParameterComments;
  /** What `values.schema.json` says, and its file; null when there is none. */
  readonly declared: { readonly schema: PortSchema; readonly file: string } | null;
}

/** The type that a value has as it stands. */
function typeOfValue(value: Json): PortSchema {
  if (Array.isArray(value)) {
    const kinds = new Set(value.map((item) => typeOfValue(item).type));
    const [kind] = kinds;
    return { type: 'array', ...(kinds.size === 1 && kind !== undefined ? { items: { type: kind } } : {}) };
  }
  switch (typeof value) {
    case 'string':
      return { type: 'string' };
    case 'number':
      return { type: Number.isInteger(value) ? 'integer' : 'number' };
    case 'boolean':
      return { type: 'boolean' };
    default:
      // `key:` without a value: a template may put anything there.
      return value === null ? {} : { type: 'object' };
  }
}

interface Said {
  readonly schema: PortSchema;
  readonly origin: Origin;
}

/** What is said of one value, the most trusted first: schema file, `@schema`, `@param`, `# --`, the value itself. */
function saidOf(
  path: readonly string[],
  line: number,
  {
    sources,
    value,
    declared,
  }: { readonly sources: Sources; readonly value: Json; readonly declared: PortSchema | null },
): Said {
  const { file, lines, parameters } = sources;
  const comment = commentOf(lines, line);
  const parameter = parameters.get(path.join('.'));
  const inferred = typeOfValue(value);
  const layers: readonly (readonly [PortSchema | null | undefined, Origin])[] = [
    [declared, { how: 'declared', where: sources.declared?.file ?? file }],
    [comment.schema, { how: 'declared', where: `${file}:${line}` }],
    [parameter?.schema, { how: 'declared', where: `${file}:${parameter?.line ?? line}` }],
    [comment.documented, { how: 'declared', where: `${file}:${line}` }],
    [inferred, { how: inferred.type === undefined ? 'unknown' : 'inferred', where: `${file}:${line}` }],
  ];
  const present = layers.filter(
    (layer): layer is readonly [PortSchema, Origin] => layer[0] !== null && layer[0] !== undefined,
  );
  const schema = Object.assign({}, ...present.map(([one]) => one).toReversed()) as PortSchema;
  const typed = present.find(([one]) => one.type !== undefined || one.enum !== undefined);
  const unknown: Origin = { how: 'unknown', where: `${file}:${line}` };
  return { schema, origin: typed?.[1] ?? unknown };
}

function schemaOfMap(
  map: YAMLMap,
  path: readonly string[],
  { sources, declared }: { readonly sources: Sources; readonly declared: PortSchema | null },
): Record<string, PortSchema> {
  const properties: Record<string, PortSchema> = {};
  for (const { key, value: node } of map.items) {
    if (!isScalar(key)) continue;
    const name = String(key.value);
    const line = sources.counter.linePos(key.range?.[0] ?? 0).line;
    const here = [...path, name];
    const value =
      isScalar(node) || isMap(node) || node === null
        ? ((node?.toJSON() ?? null) as Json)
        : (node as { toJSON(): Json }).toJSON();
    const own = declared?.properties?.[name] ?? null;
    const { schema, origin } = saidOf(here, line, { sources, value, declared: own });
    const inner = isMap(node) && node.items.length > 0 ? schemaOfMap(node, here, { sources, declared: own }) : null;
    const scalar = inner === null && value !== null && (typeof value !== 'object' || Array.isArray(value));
    properties[name] = {
      ...schema,
      ...(inner === null ? {} : { type: 'object', properties: { ...schema.properties, ...inner } }),
      ...(scalar ? { default: value } : {}),
      'x-origin': origin,
    };
  }
  return properties;
}

/** Values that only the schema file names: a chart may leave them out of its defaults. */
function declaredOnly(schema: PortSchema, file: string): Record<string, PortSchema> {
  return Object.fromEntries(
    Object.entries(schema.properties ?? {}).map(([name, one]) => [
      name,
      { ...one, 'x-origin': { how: 'declared' as const, where: file } },
    ]),
  );
}

/** Reads a values file with its comments; what does not parse is named with line and column. */
export function readValues(text: string, file: string, declared: Sources['declared']): ChartValues {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, uniqueKeys: false });
  const problems = document.errors.map((error): Problem => {
    const { line, col: column } = counter.linePos(error.pos[0]);
    const message = `${file}:${line},${column}: ${error.message.split('\n')[0] ?? error.message}`;
    return {
      severity: 'error',
      code: 'unreadable-file',
      message,
      advice: 'Mend the values.',
      file,
      line,
      column,
      field: null,
      node: null,
    };
  });
  const root = problems.length === 0 && isMap(document.contents) ? document.contents : null;
  const lines = text.split('\n');
  const sources: Sources = { file, lines, counter, parameters: parameterComments(lines), declared };
  const fromFile = declared === null ? {} : declaredOnly(declared.schema, declared.file);
  const fromValues = root === null ? {} : schemaOfMap(root, [], { sources, declared: declared?.schema ?? null });
  return {
    defaults: root === null ? {} : (document.toJS({ maxAliasCount: 100 }) as JsonObject),
    schema: {
      type: 'object',
      properties: { ...fromFile, ...fromValues },
      ...(declared?.schema.required === undefined ? {} : { required: declared.schema.required }),
    },
    problems,
  };
}
