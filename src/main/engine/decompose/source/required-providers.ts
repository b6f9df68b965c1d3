import { readBlocks, objectsOf } from '../../artifacts/terraform/blocks.ts';
import type { Json } from '#shared/base/json.ts';
import type { RootSource } from './root-source.ts';

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
