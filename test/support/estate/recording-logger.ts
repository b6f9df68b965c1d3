import type { JsonObject } from '#shared/base/json.ts';
import type { Logger } from '#engine/ports/index.ts';

/** A logger that keeps its lines. */
export function recordingLogger(): Logger & { readonly lines: { id: string; data: JsonObject }[] } {
  const lines: { id: string; data: JsonObject }[] = [];
  const add = (id: string, data: JsonObject = {}): void => void lines.push({ id, data });
  return { lines, debug: add, info: add, warn: add, error: add };
}
