import type { FakeAsset } from './make-asset.ts';
import { type FaultRule, faultFor, type InventoryFault } from './inventory-faults.ts';

export type Content = 'CONTENT_TYPE_UNSPECIFIED' | 'RESOURCE' | 'IAM_POLICY' | 'ORG_POLICY';

/** A call of ListAssets, whichever transport it came by. */
export interface ListRequest {
  readonly parent: string;
  readonly content: Content;
  readonly assetTypes: readonly string[];
  /** In milliseconds since 1970; null for now. */
  readonly readTime: number | null;
  readonly pageSize: number;
  readonly pageToken: string;
  /** The bearer token, without the word; null where none was sent. */
  readonly token: string | null;
}

export interface ListedPage {
  readonly readTime: string;
  readonly assets: readonly Partial<FakeAsset>[];
  readonly nextPageToken: string;
}

export type Status =
  | 'INVALID_ARGUMENT'
  | 'UNAUTHENTICATED'
  | 'PERMISSION_DENIED'
  | 'NOT_FOUND'
  | 'RESOURCE_EXHAUSTED'
  | 'INTERNAL'
  | 'UNAVAILABLE';

/** An error as the API tells it: its status, and details about the reason. */
export interface StatusAnswer {
  readonly status: Status;
  readonly message: string;
  readonly reason?: { readonly name: string; readonly metadata: Readonly<Record<string, string>> };
  /** When to ask again, where the API says so. */
  readonly retrySeconds?: number;
}

export type Answer =
  | { readonly kind: 'page'; readonly page: ListedPage }
  | { readonly kind: 'status'; readonly answer: StatusAnswer }
  | { readonly kind: 'fault'; readonly fault: InventoryFault; readonly page: ListedPage };

export interface InventoryOptions {
  /** What there is; asked anew for each page, as things come and go meanwhile. */
  readonly assets: () => readonly FakeAsset[];
  /** What there was at a moment; without it the past is like the present. */
  readonly assetsAt?: (moment: number) => readonly FakeAsset[];
  /** The server may put fewer assets on a page than asked for. */
  readonly mostPerPage?: number;
  /** Bearer tokens that are accepted; the first alone unless said otherwise. */
  readonly tokens?: readonly string[];
}

const oldest = 35 * 24 * 3600 * 1000;

/**
 * A fake of Google's asset inventory: the rules of ListAssets over assets in memory, with faults on demand. It is put
 * on the wire by `startRestInventory` and `startGrpcInventory`.
 */
export class FakeInventory {
  readonly requests: ListRequest[] = [];
  #faults: readonly FaultRule[] = [];
  #tokens: ReadonlySet<string>;
  readonly #options: InventoryOptions;
  readonly #snapshots: (readonly FakeAsset[])[] = [];
  #hits = new Map<FaultRule, number>();

  constructor(options: InventoryOptions) {
    this.#options = options;
    this.#tokens = new Set(options.tokens ?? ['test-token']);
  }

  /** Replaces the rules; the first that fits a call wins. */
  setFaults(rules: readonly FaultRule[]): void {
    this.#faults = rules;
    this.#hits = new Map();
  }

  /** Makes other tokens the accepted ones, as when one expires. */
  setTokens(tokens: readonly string[]): void {
    this.#tokens = new Set(tokens);
  }

  answer(request: ListRequest): Answer {
    this.requests.push(request);
    const place = readToken(request.pageToken);
    const rule = faultFor(this.#faults, { request, page: place.page, hits: (one) => this.#hits.get(one) ?? 0 });
    if (rule !== undefined) this.#hits.set(rule, (this.#hits.get(rule) ?? 0) + 1);
    if (rule?.fault.kind === 'expire') this.setTokens([]);
    if (rule?.fault.kind === 'status') return { kind: 'status', answer: rule.fault.answer };
    const refusal = this.#refusal(request);
    if (refusal !== null) return { kind: 'status', answer: refusal };
    const page = this.#page(request, place);
    if (rule?.fault.kind === 'endless') {
      return { kind: 'page', page: { ...page, nextPageToken: request.pageToken || page.nextPageToken || 'again' } };
    }
    return rule === undefined || rule.fault.kind === 'expire'
      ? { kind: 'page', page }
      : { kind: 'fault', fault: rule.fault, page };
  }

  #refusal({ token, parent, assetTypes, readTime }: ListRequest): StatusAnswer | null {
    if (token === null || !this.#tokens.has(token)) {
      return {
        status: 'UNAUTHENTICATED',
        message: 'Request had invalid authentication credentials. Expected OAuth 2 access token.',
        reason: { name: 'ACCESS_TOKEN_EXPIRED', metadata: { service: 'cloudasset.googleapis.com' } },
      };
    }
    if (!/^(organizations|folders|projects)\/[^/]+$/.test(parent)) {
      return { status: 'INVALID_ARGUMENT', message: `The parent ${parent} is not valid.` };
    }
    const all = this.#options.assets();
    // Google does not say whether a scope is missing or closed to the caller.
    if (!all.some((asset) => isUnder(asset, parent, all))) return denied('cloudasset.assets.listResource', parent);
    if (assetTypes.length > 0 && !all.some((asset) => fitsTypes(asset, assetTypes))) {
      return { status: 'INVALID_ARGUMENT', message: `No supported asset type matches: ${assetTypes.join(', ')}.` };
    }
    if (readTime !== null && (readTime > Date.now() || readTime < Date.now() - oldest)) {
      return { status: 'INVALID_ARGUMENT', message: 'The read time must be within the last 35 days.' };
    }
    return null;
  }

  /** Later pages are of the first one's snapshot, without what is gone meanwhile. */
  #page(request: ListRequest, { offset, page, snapshot }: PagePlace): ListedPage {
    const { assets, assetsAt, mostPerPage = 1000 } = this.#options;
    const now = request.readTime === null ? assets() : (assetsAt ?? assets)(request.readTime);
    const everything = this.#snapshots[snapshot] ?? now;
    const listed = everything
      .filter((asset) => isUnder(asset, request.parent, everything))
      .filter((asset) => request.assetTypes.length === 0 || fitsTypes(asset, request.assetTypes))
      .flatMap((asset) => contentOf(asset, request.content) ?? []);
    const taken = page === 0 ? this.#snapshots.push(everything) - 1 : snapshot;
    const there = new Set(now.map(({ name }) => name));
    const size = Math.min(request.pageSize > 0 ? Math.min(request.pageSize, 1000) : 100, mostPerPage);
    const isLast = offset + size >= listed.length;
    return {
      readTime: new Date(request.readTime ?? Date.now()).toISOString(),
      assets: listed.slice(offset, offset + size).filter(({ name }) => name !== undefined && there.has(name)),
      nextPageToken: isLast ? '' : writeToken({ offset: offset + size, page: page + 1, snapshot: taken }),
    };
  }
}

/** A refusal for want of a permission, in Google's words. */
export function denied(permission: string, parent: string): StatusAnswer {
  return {
    status: 'PERMISSION_DENIED',
    message: `Permission '${permission}' denied on resource '//cloudresourcemanager.googleapis.com/${parent}' (or it may not exist).`,
    reason: { name: 'IAM_PERMISSION_DENIED', metadata: { permission, resource: parent } },
  };
}

/** Projects may be asked for by id or number; everything else goes by number. */
function isUnder(asset: FakeAsset, parent: string, all: readonly FakeAsset[]): boolean {
  if (asset.ancestors.includes(parent)) return true;
  const [, id] = /^projects\/(\D.*)$/.exec(parent) ?? [];
  if (id === undefined) return false;
  const project = all.find(
    ({ assetType, resource }) =>
      assetType === 'cloudresourcemanager.googleapis.com/Project' && resource?.data['projectId'] === id,
  );
  return project !== undefined && asset.ancestors[0] === project.ancestors[0];
}

function fitsTypes({ assetType }: FakeAsset, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => new RegExp(`^(?:${pattern})$`).test(assetType));
}

/** An asset with the content that was asked for; undefined when it has none of it. */
function contentOf(asset: FakeAsset, content: Content): Partial<FakeAsset> | undefined {
  const { resource, iamPolicy, ...rest } = asset;
  switch (content) {
    case 'RESOURCE':
      return resource === undefined ? undefined : { ...rest, resource };
    case 'IAM_POLICY':
      return iamPolicy === undefined ? undefined : { ...rest, iamPolicy };
    case 'ORG_POLICY':
      return undefined;
    case 'CONTENT_TYPE_UNSPECIFIED':
      return rest;
  }
}

interface PagePlace {
  readonly offset: number;
  readonly page: number;
  /** The number of the snapshot; none yet on the first page. */
  readonly snapshot: number;
}

function writeToken(place: PagePlace): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

const firstPage: PagePlace = { offset: 0, page: 0, snapshot: -1 };

function readToken(token: string): PagePlace {
  if (token === '') return firstPage;
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString('utf8')) as PagePlace;
  } catch {
    // A token of a fault of ours, or of nobody: the first page again, as a confused server would.
    return firstPage;
  }
}
