import { protos } from '@google-cloud/asset';
import type { Json, JsonObject } from '#shared/base/json.ts';
import type { ListedPage } from './inventory.ts';
import type { FakeAsset } from './make-asset.ts';

const { ListAssetsResponse } = protos.google.cloud.asset.v1;

/** A page as the bytes of its message. */
export function pageMessage({ readTime, assets, nextPageToken }: ListedPage): Uint8Array {
  return ListAssetsResponse.encode({
    readTime: timestamp(readTime),
    assets: assets.map(assetMessage),
    nextPageToken,
  }).finish();
}

function assetMessage({ name, assetType, ancestors, updateTime, resource, iamPolicy }: Partial<FakeAsset>) {
  return {
    name: name ?? '',
    assetType: assetType ?? '',
    ancestors: [...(ancestors ?? [])],
    updateTime: timestamp(updateTime ?? '1970-01-01T00:00:00Z'),
    ...(resource === undefined ? {} : { resource: { ...resource, data: structOf(resource.data) } }),
    ...(iamPolicy === undefined ? {} : { iamPolicy: policyMessage(iamPolicy) }),
  };
}

interface PolicyJson {
  readonly etag?: string;
  readonly bindings?: readonly { readonly role: string; readonly members: readonly string[] }[];
}

/** The etag is bytes on the wire and base64 in JSON. */
function policyMessage(policy: JsonObject) {
  const { etag, bindings } = policy as PolicyJson;
  return {
    etag: Buffer.from(etag ?? '', 'base64'),
    bindings: (bindings ?? []).map(({ role, members }) => ({ role, members: [...members] })),
  };
}

function timestamp(text: string): protos.google.protobuf.ITimestamp {
  const milliseconds = Date.parse(text);
  const seconds = Math.floor(milliseconds / 1000);
  return { seconds, nanos: (milliseconds - seconds * 1000) * 1e6 };
}

/** A body as Google's messages carry JSON: each value with the name of its type. */
function structOf(body: JsonObject): protos.google.protobuf.IStruct {
  return { fields: Object.fromEntries(Object.entries(body).map(([name, value]) => [name, valueOf(value)])) };
}

function valueOf(value: Json): protos.google.protobuf.IValue {
  if (value === null) return { nullValue: 'NULL_VALUE' };
  switch (typeof value) {
    case 'string':
      return { stringValue: value };
    case 'number':
      return { numberValue: value };
    case 'boolean':
      return { boolValue: value };
    default:
      return Array.isArray(value) ? { listValue: { values: value.map(valueOf) } } : { structValue: structOf(value) };
  }
}
