import type { JsonObject } from '#shared/base/json.ts';

/**
 * Structured log. `id` is a stable name such as `discovery.cell-denied`; data never holds a secret.
 */
export interface Logger {
  debug(id: string, data?: JsonObject): void;
  info(id: string, data?: JsonObject): void;
  warn(id: string, data?: JsonObject): void;
  error(id: string, data?: JsonObject): void;
}
