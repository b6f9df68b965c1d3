import type { Actor } from '#shared/model/index.ts';

/** Who did something, in words: a person by name, an agent in quotation marks. */
export function actorText({ kind, name }: Actor): string {
  return kind === 'agent' ? `agent “${name}”` : kind === 'person' ? name : `${name}, on the command line`;
}
