import {
  type Api,
  ApiGatewayV2Client,
  type ApiMapping,
  type Authorizer,
  type DomainName,
  GetApiMappingsCommand,
  GetApisCommand,
  GetAuthorizersCommand,
  GetDomainNamesCommand,
  GetIntegrationsCommand,
  GetRoutesCommand,
  GetStagesCommand,
  GetVpcLinksCommand,
  type Integration,
  type Route,
  type Stage,
  type VpcLink,
} from '@aws-sdk/client-apigatewayv2';
import type { DetailReader } from '../calls/detail-reader.ts';
import { everyItem, pagesOf } from '../calls/pages.ts';
import { type AwsContext, clientOf } from '../context.ts';
import { readPermission } from './client-rest.ts';

const MaxResults = '500';
const gone = ['NotFoundException'];

/** The HTTP and WebSocket APIs of a region, read once for the APIs and for their stages. */
export function everyHttpApi(context: AwsContext): Promise<readonly Api[]> {
  const client = clientOf(context, ApiGatewayV2Client);
  return context.session.once(`apigateway.apis ${context.place.region}`, () =>
    everyItem(
      pagesOf(context.caller, {
        permission: readPermission,
        send: (NextToken, options) => client.send(new GetApisCommand({ MaxResults, NextToken }), options),
        next: ({ NextToken }) => NextToken,
      }),
      ({ Items }) => Items ?? [],
    ),
  );
}

export interface HttpApiParts {
  readonly routes: readonly Route[] | null;
  readonly integrations: readonly Integration[] | null;
  readonly authorizers: readonly Authorizer[] | null;
}

/** The routes of an API, what answers behind them, and who checks the callers where a route asks for that. */
export async function httpApiParts(
  context: AwsContext,
  details: DetailReader,
  ApiId: string | undefined,
): Promise<HttpApiParts> {
  const client = clientOf(context, ApiGatewayV2Client);
  const integrations = await details.readEvery({
    permission: readPermission,
    gone,
    send: (NextToken, options) => client.send(new GetIntegrationsCommand({ ApiId, MaxResults, NextToken }), options),
    next: ({ NextToken }) => NextToken,
    items: ({ Items }) => Items ?? [],
  });
  const routes = await details.readEvery({
    permission: readPermission,
    gone,
    send: (NextToken, options) => client.send(new GetRoutesCommand({ ApiId, MaxResults, NextToken }), options),
    next: ({ NextToken }) => NextToken,
    items: ({ Items }) => Items ?? [],
  });
  if (routes?.some(({ AuthorizerId }) => Boolean(AuthorizerId)) === false) {
    return { routes, integrations, authorizers: [] };
  }
  const authorizers = await details.readEvery({
    permission: readPermission,
    gone,
    send: (NextToken, options) => client.send(new GetAuthorizersCommand({ ApiId, MaxResults, NextToken }), options),
    next: ({ NextToken }) => NextToken,
    items: ({ Items }) => Items ?? [],
  });
  return { routes, integrations, authorizers };
}

export async function httpStages(
  context: AwsContext,
  details: DetailReader,
  ApiId: string | undefined,
): Promise<readonly Stage[]> {
  const client = clientOf(context, ApiGatewayV2Client);
  const stages = await details.readEvery({
    permission: readPermission,
    gone,
    send: (NextToken, options) => client.send(new GetStagesCommand({ ApiId, MaxResults, NextToken }), options),
    next: ({ NextToken }) => NextToken,
    items: ({ Items }) => Items ?? [],
  });
  return stages ?? [];
}

export async function everyHttpDomain(context: AwsContext): Promise<readonly DomainName[]> {
  const client = clientOf(context, ApiGatewayV2Client);
  return everyItem(
    pagesOf(context.caller, {
      permission: readPermission,
      send: (NextToken, options) => client.send(new GetDomainNamesCommand({ MaxResults, NextToken }), options),
      next: ({ NextToken }) => NextToken,
    }),
    ({ Items }) => Items ?? [],
  );
}

/** What the paths of a domain lead to; a domain at the edge has none of these. */
export async function apiMappings(
  context: AwsContext,
  details: DetailReader,
  DomainName: string | undefined,
): Promise<readonly ApiMapping[]> {
  const client = clientOf(context, ApiGatewayV2Client);
  const mappings = await details.readEvery({
    permission: readPermission,
    absent: ['NotFoundException', 'BadRequestException'],
    send: (NextToken, options) =>
      client.send(new GetApiMappingsCommand({ DomainName, MaxResults, NextToken }), options),
    next: ({ NextToken }) => NextToken,
    items: ({ Items }) => Items ?? [],
  });
  return mappings ?? [];
}

export async function everyHttpLink(context: AwsContext): Promise<readonly VpcLink[]> {
  const client = clientOf(context, ApiGatewayV2Client);
  return everyItem(
    pagesOf(context.caller, {
      permission: readPermission,
      send: (NextToken, options) => client.send(new GetVpcLinksCommand({ MaxResults, NextToken }), options),
      next: ({ NextToken }) => NextToken,
    }),
    ({ Items }) => Items ?? [],
  );
}
