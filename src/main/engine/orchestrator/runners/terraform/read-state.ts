import { z } from 'zod';
import { jsonSchema, type Json } from '#shared/base/json.ts';
import { AppError } from '#shared/errors/index.ts';
import type { TerraformStateIdentity } from '../../../ports/index.ts';

const stateFileSchema = z.looseObject({ lineage: z.string(), serial: z.number().int() });

/** Serial and lineage from the text of a state file; null for an empty text, which is how "no state" looks. */
export function readStateIdentity(text: string): TerraformStateIdentity | null {
  if (text.trim() === '') return null;
  try {
    const { lineage, serial } = stateFileSchema.parse(JSON.parse(text));
    return { lineage, serial };
  } catch (thrown) {
    throw new AppError('tool-failed', 'The state cannot be read: it is not a state file.', {
      advice: 'Restore it from its backup before anything is planned.',
      cause: thrown,
    });
  }
}

const outputsSchema = z.record(z.string(), z.looseObject({ value: jsonSchema, sensitive: z.boolean().default(false) }));

/** The document of `output -json`: values by name with their sensitivity. */
export function outputsOf(json: Json): Record<string, { readonly value: Json; readonly sensitive: boolean }> {
  const outputs = outputsSchema.parse(json);
  return Object.fromEntries(
    Object.entries(outputs).map(([name, { value, sensitive }]) => [name, { value, sensitive }]),
  );
}
