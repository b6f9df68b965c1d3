import type { JsonObject } from '#shared/base/json.ts';

/** An asset as Google's API writes it in JSON. */
export interface FakeAsset {
  readonly name: string;
  readonly assetType: string;
  readonly ancestors: readonly string[];
  readonly updateTime: string;
  readonly resource?: {
    readonly version: string;
    readonly discoveryDocumentUri: string;
    readonly discoveryName: string;
    readonly parent: string;
    readonly data: JsonObject;
    readonly location: string;
  };
  readonly iamPolicy?: JsonObject;
}

/** A place in the tree: its ancestors from itself upwards, projects by number as Google writes them. */
export interface FakeScope {
  readonly id: string;
  readonly number: string;
  readonly ancestors: readonly string[];
}

interface AssetParts {
  /** After the service's host: `projects/shop/global/networks/main`. */
  readonly path: string;
  readonly location?: string;
  readonly data: JsonObject;
  readonly policy?: JsonObject;
}

/** Makes an asset of a type such as `compute.googleapis.com/Network` in a scope; `host` where names have another. */
export function makeAsset(scope: FakeScope, type: string, parts: AssetParts & { readonly host?: string }): FakeAsset {
  const [service = '', kind = ''] = type.split('/');
  return {
    name: `//${parts.host ?? service}/${parts.path}`,
    assetType: type,
    ancestors: scope.ancestors,
    updateTime: '2026-11-20T08:00:00.123456Z',
    resource: {
      version: 'v1',
      discoveryDocumentUri: `https://${service}/$discovery/rest`,
      discoveryName: kind,
      parent: `//cloudresourcemanager.googleapis.com/${scope.ancestors[0] ?? ''}`,
      data: parts.data,
      location: parts.location ?? 'global',
    },
    ...(parts.policy === undefined ? {} : { iamPolicy: parts.policy }),
  };
}

/** The link Compute Engine writes for a resource. */
export function link(path: string): string {
  return `https://www.googleapis.com/compute/v1/${path}`;
}

/** A policy in the form of the API; `etag` is base64 there. */
export function policy(bindings: Readonly<Record<string, readonly string[]>>): JsonObject {
  return {
    etag: 'BwYAAAAAAAE=',
    bindings: Object.entries(bindings).map(([role, members]) => ({ role, members: [...members] })),
  };
}
