import { callsIn } from '../../artifacts/terraform/hcl-references.ts';
import { callsInJson } from '../../artifacts/terraform/json-references.ts';
import type { Declaration } from '../source/declarations.ts';
import { attributesOf } from './uses.ts';

/** A provider whose functions are called, by its local name; with an alias where one configuration is meant. */
export interface FunctionProvider {
  readonly name: string;
  readonly alias: string | null;
}

/** The providers whose functions a declaration calls: `provider::time::rfc3339_parse(…)`, `provider::aws::east::…(…)`. */
export function functionProviders({ pieces }: Pick<Declaration, 'pieces'>): readonly FunctionProvider[] {
  return pieces.flatMap((piece) => {
    const { file, block } = piece;
    // Few declarations call any, and every one is asked.
    if (!file.text.slice(block.start, block.end).includes('provider::')) return [];
    return [...attributesOf(piece)].flatMap(({ attribute }) => {
      const { start, end } = attribute;
      const calls = file.path.endsWith('.json') ? callsInJson(file.text, attribute) : callsIn(file.text, start, end);
      return calls.flatMap(({ name: called }) => {
        const [, name, alias] = /^provider::([^:]+)::(?:([^:]+)::)?[^:]+$/.exec(called) ?? [];
        return name === undefined ? [] : [{ name, alias: alias ?? null }];
      });
    });
  });
}
