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

/** Values that the chart's own templates demand, in the order of files and lines. */
export async function requiredValues(folder: string): Promise<readonly RequiredValue[]> {
  const templates = path.join(folder, 'templates');
  const names = await readdir(templates, { recursive: true }).catch((): string[] => []);
  const found: RequiredValue[] = [];
  for (const name of names.filter((one) => /\.(ya?ml|tpl|txt)$/.test(one)).sort()) {
    const text = await readFile(path.join(templates, name), 'utf8');
    for (const [index, pattern] of patterns.entries()) {
      for (const match of text.matchAll(pattern)) {
        const [message = '', value = ''] = index === 0 ? [match[1], match[2]] : [match[2], match[1]];
        const line = text.slice(0, match.index).split('\n').length;
        found.push({ path: value.split('.'), message, where: `templates/${name.split(path.sep).join('/')}:${line}` });
      }
    }
  }
  return found;
}

/** Marks a value as required, with the template's own words, unless it has a default. */
export function withRequired(schema: PortSchema, { path: [name, ...rest], message, where }: RequiredValue): PortSchema {
  if (name === undefined) return schema;
  const known = schema.properties?.[name] ?? { 'x-origin': { how: 'inferred' as const, where } };
  const inner = rest.length === 0 ? withCondition(known, message) : withRequired(known, { path: rest, message, where });
  const given = inner.default !== undefined && inner.default !== '';
  const needed = rest.length === 0 && !given && schema.required?.includes(name) !== true;
  return {
    ...schema,
    properties: { ...schema.properties, [name]: inner },
    ...(needed ? { required: [...(schema.required ?? []), name] } : {}),
  };
}

function withCondition(schema: PortSchema, message: string): PortSchema {
  return message === '' ? schema : { ...schema, 'x-conditions': [...(schema['x-conditions'] ?? []), message] };
}
