import type { Json } from '#shared/base/json.ts';
import { withoutSecretTexts } from '../discovery/secret-texts.ts';

/**
 * Replaces secrets in any text that is kept or shown: the values it was told of, and what stands where tools and
 * scripts print passwords, tokens and keys.
 */
export interface Redaction {
  add(value: Json): void;
  apply(text: string): string;
}

/** Shorter values would blank out half of every line; nobody keeps a secret of three characters. */
const shortest = 4;

export function createRedaction(): Redaction {
  const secrets = new Set<string>();
  function add(value: Json): void {
    if (typeof value === 'string') {
      // A multi-line secret such as a key appears line by line in a log.
      for (const part of [value, ...value.split('\n')]) if (part.trim().length >= shortest) secrets.add(part);
    } else if (typeof value === 'number') {
      if (String(value).length >= shortest) secrets.add(String(value));
    } else if (typeof value === 'object' && value !== null) {
      for (const item of Object.values(value)) add(item);
    }
  }
  return {
    add,
    apply(text) {
      let clean = text;
      for (const secret of [...secrets].sort((one, other) => other.length - one.length)) {
        clean = clean.replaceAll(secret, '***');
        // The tools print values as JSON or HCL text as well.
        const quoted = JSON.stringify(secret).slice(1, -1);
        if (quoted !== secret) clean = clean.replaceAll(quoted, '***');
      }
      return withoutSecretTexts(clean);
    },
  };
}
