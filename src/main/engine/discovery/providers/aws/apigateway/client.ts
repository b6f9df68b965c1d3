import type {
  BasePathMapping,
  DomainName as RestDomain,
  RestApi,
  Stage as RestStage,
} from '@aws-sdk/client-api-gateway';
import type { VpcLink as RestLink } from '@aws-sdk/client-api-gateway';
import type { Api, ApiMapping, DomainName as HttpDomain, Stage as HttpStage } from '@aws-sdk/client-apigatewayv2';
import type { VpcLink as HttpLink } from '@aws-sdk/client-apigatewayv2';
import { DetailReader } from '../calls/detail-reader.ts';
import type { AwsContext, ItemPage } from '../context.ts';
import {
  apiMappings,
  everyHttpApi,
  everyHttpDomain,
  everyHttpLink,
  httpApiParts,
  type HttpApiParts,
  httpStages,
} from './client-http.ts';
import {
  basePathMappings,
  everyRestApi,
  everyRestDomain,
  everyRestLink,
  restApiParts,
  type RestApiParts,
  restStages,
} from './client-rest.ts';

export type DetailedRestApi = RestApiParts & { readonly api: RestApi };
export type DetailedHttpApi = HttpApiParts & { readonly api: Api };

export async function* listRestApis(context: AwsContext): AsyncGenerator<ItemPage<DetailedRestApi>> {
  const details = new DetailReader(context);
  yield* details.inParts(await everyRestApi(context), async (api) => ({
    api,
    ...(await restApiParts(context, details, api.id)),
  }));
}

export async function* listHttpApis(context: AwsContext): AsyncGenerator<ItemPage<DetailedHttpApi>> {
  const details = new DetailReader(context);
  yield* details.inParts(await everyHttpApi(context), async (api) => ({
    api,
    ...(await httpApiParts(context, details, api.ApiId)),
  }));
}

/** A stage of either kind of API. */
export type OwnedStage =
  | { readonly of: 'rest'; readonly apiId: string | undefined; readonly stage: RestStage }
  | { readonly of: 'http'; readonly apiId: string | undefined; readonly stage: HttpStage };

export async function* listStages(context: AwsContext): AsyncGenerator<ItemPage<OwnedStage>> {
  const details = new DetailReader(context);
  const rest = details.inParts(await everyRestApi(context), async ({ id: apiId }) =>
    (await restStages(context, details, apiId)).map((stage): OwnedStage => ({ of: 'rest', apiId, stage })),
  );
  for await (const part of rest) yield { ...part, items: part.items.flat() };
  const http = details.inParts(await everyHttpApi(context), async ({ ApiId: apiId }) =>
    (await httpStages(context, details, apiId)).map((stage): OwnedStage => ({ of: 'http', apiId, stage })),
  );
  for await (const part of http) yield { ...part, items: part.items.flat() };
}

/** A name of one's own in front of APIs; `rest` where the older listing tells it, with its addresses at the edge. */
export interface DetailedDomain {
  readonly rest: RestDomain | null;
  readonly http: HttpDomain | null;
  readonly basePaths: readonly BasePathMapping[];
  readonly mappings: readonly ApiMapping[];
}

/** Both listings tell the domains of a region; each is told once. */
export async function* listDomains(context: AwsContext): AsyncGenerator<ItemPage<DetailedDomain>> {
  const details = new DetailReader(context);
  const rest = new Map((await everyRestDomain(context)).map((domain) => [domain.domainName, domain]));
  const http = new Map((await everyHttpDomain(context)).map((domain) => [domain.DomainName, domain]));
  const names = [...new Set([...rest.keys(), ...http.keys()])];
  yield* details.inParts(names, async (name) => ({
    rest: rest.get(name) ?? null,
    http: http.get(name) ?? null,
    basePaths: rest.has(name) ? await basePathMappings(context, details, name) : [],
    mappings: await apiMappings(context, details, name),
  }));
}

export type AnyVpcLink =
  { readonly of: 'rest'; readonly link: RestLink } | { readonly of: 'http'; readonly link: HttpLink };

export async function* listVpcLinks(context: AwsContext): AsyncGenerator<ItemPage<AnyVpcLink>> {
  yield { items: (await everyRestLink(context)).map((link) => ({ of: 'rest', link })) };
  yield { items: (await everyHttpLink(context)).map((link) => ({ of: 'http', link })) };
}
