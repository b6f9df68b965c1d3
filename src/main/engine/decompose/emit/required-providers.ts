import { readBlocks, objectsOf } from '../../artifacts/terraform/blocks.ts';
import type { Json } from '#shared/base/json.ts';
import type { RootSource } from '../source/root-source.ts';

/** What a root says of a provider it needs. */
export interface RequiredProvider {
  readonly name: string;
  /** `hashicorp/aws`; null where the name tells it. */
  readonly source: string | null;
  readonly version: string | null;
}

function textOrNull(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

/** The providers a root's settings require, override files included. */
export async function requiredProviders(source: RootSource): Promise<readonly RequiredProvider[]> {
  const found = new Map<string, RequiredProvider>();
  for (const { path: file, text, blocks } of source.files) {
    if (!blocks.some(({ type }) => type === 'terraform')) continue;
    const read = await readBlocks(file, text);
    if (!read.ok) continue;
    for (const { type, body } of read.value) {
      if (type !== 'terraform') continue;
      for (const [name, value] of objectsOf(body['required_providers']).flatMap(Object.entries)) {
        const [object] = objectsOf(value);
        found.set(name, {
          name,
          source: textOrNull(object?.['source']),
          version: object === undefined ? textOrNull(value) : textOrNull(object['version']),
        });
      }
    }
  }
  return [...found.values()];
}

function aligned(indent: string, attributes: readonly (readonly [string, string])[]): string {
  const width = Math.max(...attributes.map(([key]) => key.length));
  return attributes.map(([key, value]) => `${indent}${key.padEnd(width)} = ${value}\n`).join('');
}

/** The settings of a module that is handed these providers; `configurations` are `aws`, `aws.east`. */
export function moduleSettings(required: readonly RequiredProvider[], configurations: readonly string[]): string {
  const aliases = configurations.filter((name) => name.includes('.'));
  const names = new Set([...required.map(({ name }) => name), ...aliases.map((name) => name.split('.')[0] ?? name)]);
  const entries = [...names].map((name) => {
    const { source = null, version = null } = required.find((one) => one.name === name) ?? {};
    const own = aliases.filter((alias) => alias.startsWith(`${name}.`));
    const attributes = [
      ...(source === null ? [] : [['source', JSON.stringify(source)] as const]),
      ...(version === null ? [] : [['version', JSON.stringify(version)] as const]),
      ...(own.length === 0 ? [] : [['configuration_aliases', `[${own.join(', ')}]`] as const]),
    ];
    return attributes.length === 0 ? '' : `    ${name} = {\n${aligned('      ', attributes)}    }\n`;
  });
  const text = entries.join('');
  return text === '' ? '' : `terraform {\n  required_providers {\n${text}  }\n}\n`;
}
