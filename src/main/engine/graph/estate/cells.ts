import type { Json, JsonObject } from '#shared/base/json.ts';
import { jsonObjectSchema } from '#shared/base/json.ts';
import { cloudSchema, type Cloud } from '#shared/model/index.ts';

/** A row of a query of ours, by column. */
export type Row = Readonly<Record<string, Json>>;

export function text(row: Row, column: string): string {
  const value = row[column];
  return typeof value === 'string' ? value : '';
}

export function textOrNull(row: Row, column: string): string | null {
  const value = row[column];
  return typeof value === 'string' ? value : null;
}

export function count(row: Row, column: string): number {
  const value = row[column];
  return typeof value === 'number' ? value : 0;
}

export function flag(row: Row, column: string): boolean {
  return row[column] === true;
}

export function cloudOf(row: Row, column: string): Cloud {
  return cloudSchema.catch('other').parse(row[column]);
}

/** A JSON object kept as text in one column. */
export function jsonObject(row: Row, column: string): JsonObject {
  const value = row[column];
  return typeof value === 'string' && value !== '' ? jsonObjectSchema.parse(JSON.parse(value)) : {};
}
