import { z } from 'zod';
import type { Json } from '#shared/base/json.ts';
import type { Dialect } from './mapping.ts';

const attributeSchema = z.object({ optional: z.boolean().optional(), required: z.boolean().optional() });
const blockSchema = z.object({
  attributes: z.record(z.string(), attributeSchema).optional(),
  block_types: z.record(z.string(), z.unknown()).optional(),
});
const schemasSchema = z.object({
  provider_schemas: z
    .record(
      z.string(),
      z.object({ resource_schemas: z.record(z.string(), z.object({ block: blockSchema })).optional() }),
    )
    .optional(),
});

/**
 * Reads `providers schema -json`: what the AWS provider at hand has decides between older and newer ways to write the
 * same thing. Null when the document holds no AWS provider.
 */
export function dialectOf(schemas: Json): Dialect | null {
  const parsed = schemasSchema.safeParse(schemas);
  if (!parsed.success) return null;
  const found = Object.entries(parsed.data.provider_schemas ?? {}).find(([name]) => name.endsWith('/hashicorp/aws'));
  const resources = found?.[1].resource_schemas;
  if (resources === undefined) return null;
  const has = (type: string, attribute?: string): boolean => {
    const block = Object.hasOwn(resources, type) ? resources[type]?.block : undefined;
    if (block === undefined) return false;
    if (attribute === undefined) return true;
    const found = Object.hasOwn(block.attributes ?? {}, attribute) ? block.attributes?.[attribute] : undefined;
    return found?.optional === true || found?.required === true || Object.hasOwn(block.block_types ?? {}, attribute);
  };
  // Version 4 moved the settings of buckets into resources of their own.
  return { has, constraint: has('aws_s3_bucket_versioning') ? '>= 4.0' : '>= 1.60, < 4.0' };
}

const newer = ['aws_s3_bucket_versioning', 'aws_s3_bucket_server_side_encryption_configuration'];

/** The provider before version 4, for when no provider is at hand to ask. */
export const classicDialect: Dialect = {
  has: (type, attribute) => !newer.includes(type) && attribute !== 'domain' && attribute !== 'db_name',
  constraint: '>= 1.60, < 4.0',
};
