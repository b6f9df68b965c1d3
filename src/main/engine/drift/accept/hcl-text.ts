import type { Json, JsonObject } from '#shared/base/json.ts';
import { constantOf, parseHcl } from '../../artifacts/terraform/hcl-parse.ts';
import { quoted } from '../../patterns/hcl/print.ts';
import { isObject } from '../check/normal-form.ts';

/** A constant as HCL; continued lines start with the indentation of the line it stands on. */
export function hclText(value: Json, indent: string): string {
  if (typeof value === 'string') return quoted(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== 'object' || item === null)) {
      return `[${value.map((item) => hclText(item, indent)).join(', ')}]`;
    }
    const inner = `${indent}  `;
    return `[\n${value.map((item) => `${inner}${hclText(item, inner)},\n`).join('')}${indent}]`;
  }
  const names = Object.keys(value);
  if (names.length === 0) return '{}';
  if (names.length === 1) {
    const [name = ''] = names;
    const text = hclText(value[name] ?? null, indent);
    if (!text.includes('\n')) return `{ ${keyText(name)} = ${text} }`;
  }
  return `{\n${attributeLines(value, `${indent}  `)}${indent}}`;
}

/** Attributes below each other, their equals signs in one column, each line ended. */
export function attributeLines(values: JsonObject, indent: string): string {
  const width = Math.max(...Object.keys(values).map((name) => keyText(name).length));
  return Object.entries(values)
    .map(([name, value]) => `${indent}${keyText(name).padEnd(width)} = ${hclText(value, indent)}\n`)
    .join('');
}

function keyText(name: string): string {
  return /^[A-Za-z_][\w-]*$/.test(name) ? name : quoted(name);
}

/** The value of a piece of HCL that holds nothing but constants; undefined for any other. */
export async function constantIn(text: string): Promise<Json | undefined> {
  const parsed = await parseHcl('value.tf', `value = ${text}\n`);
  if (!parsed.ok) return undefined;
  const value = parsed.value['value'];
  return value === undefined || hasTemplate(value) ? undefined : constantOf(value);
}

/** Whether anything in a parsed value is computed. */
export function hasTemplate(value: Json): boolean {
  if (typeof value === 'string') return /(?:^|[^$])\$\{|(?:^|[^%])%\{/.test(value);
  if (Array.isArray(value)) return value.some(hasTemplate);
  return isObject(value) && Object.entries(value).some(([key, inner]) => hasTemplate(key) || hasTemplate(inner));
}
