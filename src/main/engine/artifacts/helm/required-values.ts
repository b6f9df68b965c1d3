import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { PortSchema } from '#shared/model/index.ts';

/** A value that a template refuses to do without: `{{ required "words" .Values.a.b }}`. */
export interface RequiredValue {
  readonly path: readonly string[];
  readonly message: string;
  /** File and line, relative to the chart. */
  readonly where: string;
}

const patterns = [
  /\brequired\s+"((?:[^"\\]|\\.)*)"\s+\(?\s*\$?\.Values\.([\w.]+)/g,
  /\$?\.Values\.([\w.]+)\s*\|\s*required\s+"((?:[^"\\]|\\.)*)"/g,
];

/** Values that a chart's own templates demand, in the order of files and lines. `prefix` names the chart's place. */
export async function requiredValues(folder: string, prefix = ''): Promise<readonly RequiredValue[]> {
  const templates = path.join(folder, 'templates');
  const names = await readdir(templates, { recursive: true }).catch((): string[] => []);
  const found: RequiredValue[] = [];
  for (const name of names.filter((one) => /\.(ya?ml|tpl|txt)$/.test(one)).sort()) {
    const text = await readFile(path.join(templates, name), 'utf8');
    for (const [index, pattern] of patterns.entries()) {
      for (const match of text.matchAll(pattern)) {
        const [message = '', value = ''] = index === 0 ? [match[1], match[2]] : [match[2], match[1]];
        const line = text.slice(0, match.index).split('\n').length;
        found.push({
          path: value.split('.'),
          message,
          where: `${prefix}templates/${name.split(path.sep).join('/')}:${line}`,
        });
      }
    }
  }
  return found;
}

/** Whether a value is demanded whatever else is set, only under conditions of the templates, or nobody knows. */
export type Demand = 'always' | 'sometimes' | 'unknown';

/**
 * Marks a value with the template's own words, and as required where it is: always, or, as far as is known, where it
 * has no default. What holds a value that must be set must be set itself.
 */
export function withRequired(schema: PortSchema, value: RequiredValue, demand: Demand): PortSchema {
  const {
    path: [name, ...rest],
    message,
    where,
  } = value;
  if (name === undefined) return schema;
  const known = schema.properties?.[name] ?? { 'x-origin': { how: 'inferred' as const, where } };
  const inner =
    rest.length === 0 ? withCondition(known, message) : withRequired(known, { ...value, path: rest }, demand);
  const given = inner.default !== undefined && inner.default !== '';
  const needed =
    rest.length === 0
      ? demand === 'always' || (demand === 'unknown' && !given)
      : inner.required?.includes(rest[0] ?? '');
  const required = schema.required ?? [];
  return {
    ...schema,
    properties: { ...schema.properties, [name]: inner },
    ...(needed === true && !required.includes(name) ? { required: [...required, name] } : {}),
  };
}

function withCondition(schema: PortSchema, message: string): PortSchema {
  const known = schema['x-conditions'] ?? [];
  return message === '' || known.includes(message) ? schema : { ...schema, 'x-conditions': [...known, message] };
}
