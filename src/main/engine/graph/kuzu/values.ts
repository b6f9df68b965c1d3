import type { Json, JsonObject } from '#shared/base/json.ts';

function isPlainRecord(value: object): value is Record<string, unknown> {
  return !Array.isArray(value);
}

// Internal addresses of rows; they change with every build and mean nothing outside the database.
const internalNames = new Set(['_id', '_src', '_dst']);

function recordToJson(record: Record<string, unknown>): JsonObject {
  const plain: JsonObject = {};
  for (const [name, value] of Object.entries(record)) {
    if (internalNames.has(name)) continue;
    // Lower-case words for the parts of a path, as in every other answer of ours.
    const shown = name === '_nodes' ? 'nodes' : name === '_rels' ? 'relationships' : name;
    plain[shown] = valueToJson(value);
  }
  return plain;
}

/**
 * Turns a value of the database into plain JSON: nodes and relationships keep `_label` and their columns, times
 * become ISO text, whole numbers beyond 2^53 and blobs become text.
 */
function valueToJson(value: unknown): Json {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : null;
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
    case 'object': {
      if (value === null) return null;
      if (value instanceof Date) return value.toISOString();
      if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
      if (Array.isArray(value)) return value.map(valueToJson);
      return isPlainRecord(value) ? recordToJson(value) : null;
    }
    default:
      return null;
  }
}

/** One row as JSON, by column. */
export function rowToJson(row: Record<string, unknown>): Record<string, Json> {
  const plain: Record<string, Json> = {};
  for (const [name, value] of Object.entries(row)) plain[name] = valueToJson(value);
  return plain;
}
