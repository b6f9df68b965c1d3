import { z } from 'zod';
import type { Json, JsonObject } from '#shared/base/json.ts';
import type { CloudAccess } from '../../../ports/index.ts';

const schemasSchema = z.looseObject({
  provider_schemas: z.record(
    z.string(),
    z.looseObject({
      provider: z.looseObject({
        block: z
          .looseObject({
            attributes: z.record(z.string(), z.unknown()).optional(),
            block_types: z
              .record(
                z.string(),
                z.looseObject({ block: z.looseObject({ attributes: z.record(z.string(), z.unknown()).optional() }) }),
              )
              .optional(),
          })
          .optional(),
      }),
    }),
  ),
});

/**
 * Settings for an endpoint that is not AWS's own: no host names of buckets, no instance metadata, regions the
 * provider may not know. Each provider version knows some of them, under names that changed (path style).
 */
const forOtherEndpoints: JsonObject = {
  s3_force_path_style: true,
  s3_use_path_style: true,
  skip_credentials_validation: true,
  skip_get_ec2_platforms: true,
  skip_metadata_api_check: true,
  skip_region_validation: true,
};

/**
 * The arguments of a `provider "aws"` block for a target: its region, and for another endpoint what this very
 * provider version knows. Since version 5 the provider reads AWS_ENDPOINT_URL; older ones get an endpoint per service.
 * `skip_requesting_account_id` is left out: without the account number the provider writes broken ARNs.
 */
export function providerArguments(
  access: CloudAccess,
  provider: { readonly schemas: Json; readonly majorVersion: number },
): JsonObject {
  const block: JsonObject = { region: access.region };
  if (access.endpoint === null) return block;
  const known = awsSchema(provider.schemas);
  for (const [name, value] of Object.entries(forOtherEndpoints)) if (known.attributes.has(name)) block[name] = value;
  if (provider.majorVersion < 5 && known.endpoints.length > 0) {
    const endpoint = access.endpoint;
    block['endpoints'] = [Object.fromEntries(known.endpoints.map((service) => [service, endpoint]))];
  }
  return block;
}

function awsSchema(schemas: Json): { attributes: ReadonlySet<string>; endpoints: readonly string[] } {
  const parsed = schemasSchema.safeParse(schemas);
  const found = parsed.success
    ? Object.entries(parsed.data.provider_schemas).find(([source]) => source.endsWith('/hashicorp/aws'))?.[1]
    : undefined;
  const block = found?.provider.block;
  return {
    attributes: new Set(Object.keys(block?.attributes ?? {})),
    endpoints: Object.keys(block?.block_types?.['endpoints']?.block.attributes ?? {}),
  };
}
