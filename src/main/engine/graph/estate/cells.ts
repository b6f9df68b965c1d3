import { z } from 'zod';
import type { Json, JsonObject } from '#shared/base/json.ts';
import { jsonObjectSchema } from '#shared/base/json.ts';
import { categorySchema, cloudSchema, type Category, type Cloud } from '#shared/model/index.ts';

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

export function numberOrNull(row: Row, column: string): number | null {
  const value = row[column];
  return typeof value === 'number' ? value : null;
}

export function flag(row: Row, column: string): boolean {
  return row[column] === true;
}

export function flagOrNull(row: Row, column: string): boolean | null {
  const value = row[column];
  return typeof value === 'boolean' ? value : null;
}

export function cloudOf(row: Row, column: string): Cloud {
  return cloudSchema.catch('other').parse(row[column]);
}

export function categoryOf(row: Row, column: string): Category {
  return categorySchema.catch('other').parse(row[column]);
}

/** A JSON object kept as text in one column. */
export function jsonObject(row: Row, column: string): JsonObject {
  const value = row[column];
  return typeof value === 'string' && value !== '' ? jsonObjectSchema.parse(JSON.parse(value)) : {};
}

const tagsSchema = z.record(z.string(), z.string());

/** Tags kept as text in one column. */
export function tagsOf(row: Row, column: string): Record<string, string> {
  const value = row[column];
  return typeof value === 'string' && value !== '' ? tagsSchema.parse(JSON.parse(value)) : {};
}
