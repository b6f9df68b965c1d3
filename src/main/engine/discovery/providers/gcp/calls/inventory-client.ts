import type { AssetServiceClient, protos } from '@google-cloud/asset';
import type { ClientOptions, GoogleAuth } from 'google-gax';
import type { JsonObject } from '#shared/base/json.ts';
import { unlessAborted } from '../../../pacing/unless-aborted.ts';
import type { GcpEndpoint } from '../access/endpoint.ts';
import { CallTimeoutError, InvalidAnswerError } from './inventory-error.ts';
import { plainAsset } from './plain-asset.ts';

export type ContentType = 'RESOURCE' | 'IAM_POLICY';

/** One page of a listing to be asked for. */
export interface PageRequest {
  /** `organizations/6001`, `folders/45` or `projects/shop`. */
  readonly parent: string;
  readonly content: ContentType;
  /** Only these types; empty means all. */
  readonly assetTypes: readonly string[];
  /** A moment in the past, in milliseconds since 1970; null for now. */
  readonly at: number | null;
  readonly pageSize: number;
  /** Empty for the first page. */
  readonly pageToken: string;
}

export interface AssetPage {
  readonly assets: readonly JsonObject[];
  /** Empty after the last page. */
  readonly nextPageToken: string;
}

/** Google's inventory on the wire. Throws whatever the transports throw; `errors.ts` sorts it. */
export interface InventoryClient {
  page(request: PageRequest, call: { readonly milliseconds: number; readonly signal: AbortSignal }): Promise<AssetPage>;
  close(): void;
}

export interface ClientParts {
  readonly endpoint: GcpEndpoint;
  readonly transport: 'grpc' | 'rest';
  readonly auth: GoogleAuth;
}

type ListRequest = protos.google.cloud.asset.v1.IListAssetsRequest;
type ListAnswer = protos.google.cloud.asset.v1.IListAssetsResponse;

/** A call under way. The client's own method for it hides the way to end it. */
type OngoingCall = Promise<readonly [unknown, unknown, ListAnswer]> & { cancel(): void };
type ListCall = (request: ListRequest, options: object) => OngoingCall;

/** Opens the client of Google's library, which is loaded here: it costs half a second. */
export async function openInventoryClient({ endpoint, transport, auth }: ClientParts): Promise<InventoryClient> {
  const [{ AssetServiceClient: Client }, { grpc }] = await Promise.all([
    import('@google-cloud/asset'),
    import('google-gax'),
  ]);
  const isPlainGrpc = transport === 'grpc' && !endpoint.encrypted;
  const options: ClientOptions = {
    apiEndpoint: endpoint.host,
    port: endpoint.port,
    auth,
    // Said explicitly: the library switches by itself where it takes the process for a browser.
    fallback: transport === 'rest',
    ...(transport === 'rest' ? { protocol: endpoint.encrypted ? 'https' : 'http' } : {}),
    ...(isPlainGrpc ? { sslCreds: grpc.credentials.createInsecure() } : {}),
  };
  const client: AssetServiceClient = new Client(options);
  // Made ready here: where this fails later, the library leaves a rejection behind that nobody can catch.
  await client.initialize();
  const list = client.innerApiCalls['listAssets'] as ListCall;

  async function headers(parent: string): Promise<Record<string, string>> {
    const routing = { 'x-goog-request-params': `parent=${encodeURIComponent(parent)}` };
    if (!isPlainGrpc) return routing;
    // A channel without encryption takes no credentials; on this machine the token goes along as a header.
    const own = await auth.getRequestHeaders();
    return { ...Object.fromEntries(own.entries()), ...routing };
  }

  return {
    async page({ parent, content, assetTypes, at, pageSize, pageToken }, { milliseconds, signal }) {
      const request: ListRequest = {
        parent,
        contentType: content,
        assetTypes: [...assetTypes],
        pageSize,
        pageToken,
        ...(at === null ? {} : { readTime: { seconds: Math.floor(at / 1000), nanos: (at % 1000) * 1e6 } }),
      };
      const call = list(request, {
        autoPaginate: false,
        // Repeating is up to the caller, who knows the pace.
        retry: null,
        timeout: milliseconds,
        otherArgs: { headers: await unlessAborted(headers(parent), signal) },
      });
      const deadline = AbortSignal.timeout(milliseconds);
      try {
        const [, , answer] = await unlessAborted(call, AbortSignal.any([signal, deadline]));
        return readAnswer(answer);
      } catch (error) {
        if (signal.aborted || !deadline.aborted) throw error;
        throw new CallTimeoutError(`No answer within ${milliseconds} ms.`);
      } finally {
        call.cancel();
      }
    },
    close: () => {
      // Only a channel that never opened fails to close.
      client.close().catch(() => undefined);
    },
  };
}

/**
 * Every page says when its snapshot was taken. An answer that does not is not the inventory's: the library reads any
 * other JSON as a page without assets, and an empty listing would make everything look deleted.
 */
function readAnswer({ assets, nextPageToken, readTime }: ListAnswer): AssetPage {
  if (!readTime) throw new InvalidAnswerError('The answer does not say when it was taken.');
  return { assets: (assets ?? []).map(plainAsset), nextPageToken: nextPageToken ?? '' };
}
