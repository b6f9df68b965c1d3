import type { protos } from '@google-cloud/asset';
import type { Json, JsonObject } from '#shared/base/json.ts';

type Asset = protos.google.cloud.asset.v1.IAsset;
type Policy = protos.google.iam.v1.IPolicy;
type Struct = protos.google.protobuf.IStruct;
type Value = protos.google.protobuf.IValue;

/** An asset as the client's messages have it, as plain JSON in the API's spelling: what `GcpConverter` reads. */
export function plainAsset({ name, assetType, ancestors, resource, iamPolicy }: Asset): JsonObject {
  const asset: JsonObject = { name: name ?? null, assetType: assetType ?? null, ancestors: [...(ancestors ?? [])] };
  if (resource) {
    asset['resource'] = {
      location: resource.location ?? null,
      parent: resource.parent ?? null,
      data: resource.data ? plainStruct(resource.data) : null,
    };
  }
  if (iamPolicy) asset['iamPolicy'] = plainPolicy(iamPolicy);
  return asset;
}

function plainPolicy({ bindings, etag, auditConfigs }: Policy): JsonObject {
  return {
    bindings: (bindings ?? []).map(({ role, members, condition }) => ({
      role: role ?? null,
      members: [...(members ?? [])],
      ...(condition ? { condition: { title: condition.title ?? null, expression: condition.expression ?? null } } : {}),
    })),
    ...(auditConfigs && auditConfigs.length > 0
      ? {
          auditConfigs: auditConfigs.map(({ service, auditLogConfigs }) => ({
            service: service ?? null,
            auditLogConfigs: (auditLogConfigs ?? []).map(({ logType, exemptedMembers }) => ({
              logType: logType ?? null,
              exemptedMembers: [...(exemptedMembers ?? [])],
            })),
          })),
        }
      : {}),
    etag: typeof etag === 'string' ? etag : etag ? Buffer.from(etag).toString('base64') : null,
  };
}

function plainStruct({ fields }: Struct): JsonObject {
  const body: JsonObject = {};
  for (const name in fields) body[name] = plainValue(fields[name]);
  return body;
}

/** Exactly one of the fields of a value is set; the client sets the others to nothing. */
function plainValue(value: Value | undefined): Json {
  if (value === undefined) return null;
  if (typeof value.stringValue === 'string') return value.stringValue;
  if (typeof value.numberValue === 'number') return Number.isFinite(value.numberValue) ? value.numberValue : null;
  if (typeof value.boolValue === 'boolean') return value.boolValue;
  if (value.structValue) return plainStruct(value.structValue);
  if (value.listValue) return (value.listValue.values ?? []).map(plainValue);
  return null;
}
