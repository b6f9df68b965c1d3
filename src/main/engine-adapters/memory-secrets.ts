import type { SecretSource } from '../engine/ports/index.ts';

/** The environment variable that gives a secret to a headless engine: `eu/db-password` → `GROUNDPLAN_SECRET_EU_DB_PASSWORD`. */
function secretVariable(name: string): string {
  return `GROUNDPLAN_SECRET_${name.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_')}`;
}

/**
 * Secrets for the browser shell and headless engines, which have no keychain: kept in memory until the engine ends,
 * or taken from environment variables that the user set. Nothing is written to disk.
 */
export function createMemorySecrets(environment: Readonly<Record<string, string>>): SecretSource {
  const values = new Map<string, string>();
  return {
    store: 'memory',
    get: (name) => Promise.resolve(values.get(name) ?? environment[secretVariable(name)] ?? null),
    put(name, value) {
      values.set(name, value);
      return Promise.resolve();
    },
  };
}
