import {
  APIGatewayClient,
  type Authorizer,
  type BasePathMapping,
  type DomainName,
  GetAuthorizersCommand,
  GetBasePathMappingsCommand,
  GetDomainNamesCommand,
  GetResourcesCommand,
  GetRestApisCommand,
  GetStagesCommand,
  GetVpcLinksCommand,
  type Resource,
  type RestApi,
  type Stage,
  type VpcLink,
} from '@aws-sdk/client-api-gateway';
import type { DetailReader } from '../calls/detail-reader.ts';
import { everyItem, pagesOf } from '../calls/pages.ts';
import { type AwsContext, clientOf } from '../context.ts';

/** The most that these calls give on a page. */
const limit = 500;

/** Every reading of API Gateway is one permission: `apigateway:GET`, on paths. */
export const readPermission = 'apigateway:GET';
const gone = ['NotFoundException'];

/** The REST APIs of a region, read once for the APIs and for their stages. */
export function everyRestApi(context: AwsContext): Promise<readonly RestApi[]> {
  const client = clientOf(context, APIGatewayClient);
  return context.session.once(`apigateway.rest-apis ${context.place.region}`, () =>
    everyItem(
      pagesOf(context.caller, {
        permission: readPermission,
        send: (position, options) => client.send(new GetRestApisCommand({ limit, position }), options),
        next: ({ position }) => position,
      }),
      // An empty list is left out.
      ({ items }) => items ?? [],
    ),
  );
}

export interface RestApiParts {
  readonly resources: readonly Resource[] | null;
  readonly authorizers: readonly Authorizer[] | null;
}

/** The paths of an API with what answers behind them, and who checks the callers. */
export async function restApiParts(
  context: AwsContext,
  details: DetailReader,
  restApiId: string | undefined,
): Promise<RestApiParts> {
  const client = clientOf(context, APIGatewayClient);
  const resources = await details.readEvery({
    permission: readPermission,
    gone,
    send: (position, options) =>
      client.send(new GetResourcesCommand({ restApiId, limit, position, embed: ['methods'] }), options),
    next: ({ position }) => position,
    items: ({ items }) => items ?? [],
  });
  const authorizers = await details.readEvery({
    permission: readPermission,
    gone,
    send: (position, options) => client.send(new GetAuthorizersCommand({ restApiId, limit, position }), options),
    next: ({ position }) => position,
    items: ({ items }) => items ?? [],
  });
  return { resources, authorizers };
}

/** The stages of an API; the answer has one page. */
export async function restStages(
  context: AwsContext,
  details: DetailReader,
  restApiId: string | undefined,
): Promise<readonly Stage[]> {
  const client = clientOf(context, APIGatewayClient);
  const answer = await details.read({
    permission: readPermission,
    gone,
    send: (options) => client.send(new GetStagesCommand({ restApiId }), options),
  });
  return answer?.item ?? [];
}

export async function everyRestDomain(context: AwsContext): Promise<readonly DomainName[]> {
  const client = clientOf(context, APIGatewayClient);
  return everyItem(
    pagesOf(context.caller, {
      permission: readPermission,
      send: (position, options) => client.send(new GetDomainNamesCommand({ limit, position }), options),
      next: ({ position }) => position,
    }),
    ({ items }) => items ?? [],
  );
}

/** What the paths of a domain lead to, as far as those are REST APIs. */
export async function basePathMappings(
  context: AwsContext,
  details: DetailReader,
  domainName: string | undefined,
): Promise<readonly BasePathMapping[]> {
  const client = clientOf(context, APIGatewayClient);
  const mappings = await details.readEvery({
    permission: readPermission,
    gone,
    send: (position, options) => client.send(new GetBasePathMappingsCommand({ domainName, limit, position }), options),
    next: ({ position }) => position,
    items: ({ items }) => items ?? [],
  });
  return mappings ?? [];
}

export async function everyRestLink(context: AwsContext): Promise<readonly VpcLink[]> {
  const client = clientOf(context, APIGatewayClient);
  return everyItem(
    pagesOf(context.caller, {
      permission: readPermission,
      send: (position, options) => client.send(new GetVpcLinksCommand({ limit, position }), options),
      next: ({ position }) => position,
    }),
    ({ items }) => items ?? [],
  );
}
