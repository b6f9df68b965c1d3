import type { Integration as RestIntegration } from '@aws-sdk/client-api-gateway';
import type { Json } from '#shared/base/json.ts';
import { hostId } from '../../../address-ids.ts';
import { type Converted, EdgeList, need, resourceFact } from '../facts.ts';
import { jsonBody, jsonObjectBody, policyBody } from '../json-body.ts';
import { type AwsPlace, ec2Arn, nameId } from '../place.ts';
import { backendOf } from './backends.ts';
import type { DetailedHttpApi, DetailedRestApi, OwnedStage } from './client.ts';
import { apiHost, gatewayArn } from './ids.ts';
import { objectsIn, textsIn } from '../lists.ts';

export function convertRestApi({ api, resources, authorizers }: DetailedRestApi, place: AwsPlace): Converted {
  const nativeId = need(api.id, 'id');
  const id = gatewayArn(place, `/restapis/${nativeId}`);
  const endpoints = api.endpointConfiguration;
  const edges = new EdgeList(id, 'GetRestApis').to('HAS_ADDRESS', {
    to: api.disableExecuteApiEndpoint === true ? undefined : nameId(apiHost(place, nativeId)),
    field: 'id',
  });
  for (const endpoint of textsIn(endpoints?.vpcEndpointIds, 'vpcEndpointIds')) {
    edges.from('TARGETS', {
      from: ec2Arn(place, `vpc-endpoint/${endpoint}`),
      field: 'endpointConfiguration.vpcEndpointIds',
    });
  }
  const integrations = objectsIn(resources, 'resources').flatMap(({ resourceMethods }) =>
    Object.values(resourceMethods ?? {}).flatMap(({ methodIntegration }) => methodIntegration ?? []),
  );
  addBackends(edges, integrations.map(restBackend), place);
  for (const { authorizerUri, authorizerCredentials, providerARNs } of objectsIn(authorizers, 'authorizers')) {
    addAuthorizer(edges, { uri: authorizerUri, credentials: authorizerCredentials }, place);
    for (const provider of textsIn(providerARNs, 'providerARNs'))
      edges.to('REFERENCES', { to: provider, field: 'GetAuthorizers' });
  }
  return {
    resource: resourceFact(place, {
      kind: 'aws.apigateway.restapi',
      id,
      nativeId,
      name: api.name,
      tags: api.tags ?? {},
      state: api.apiStatus,
      createdAt: api.createdDate,
      public: endpoints?.types === undefined ? undefined : !endpoints.types.includes('PRIVATE'),
      raw: {
        ...jsonObjectBody(api),
        policy: restPolicy(api.policy),
        Resources: jsonBody(resources),
        Authorizers: jsonBody(authorizers),
      },
    }),
    relationships: edges.edges,
  };
}

/** The older listing writes quotes inside of policies as `\"`. */
function restPolicy(policy: string | undefined): Json {
  return policyBody(policy?.startsWith('{\\"') === true ? policy.replaceAll('\\"', '"') : policy);
}

interface Backend {
  readonly uri: string | undefined;
  readonly link: string | undefined;
  readonly role: string | undefined;
}

function restBackend({ uri, connectionType, connectionId, credentials }: RestIntegration): Backend {
  return { uri, link: connectionType === 'VPC_LINK' ? connectionId : undefined, role: credentials };
}

/** Many paths may lead to the same function: one edge tells it. */
function addBackends(edges: EdgeList, backends: readonly Backend[], place: AwsPlace): void {
  const field = 'Integrations';
  const targets = new Set(
    backends.flatMap(({ uri, link }) => [
      backendOf(place, uri),
      link && !link.includes('$') ? gatewayArn(place, `/vpclinks/${link}`) : undefined,
    ]),
  );
  for (const to of targets) edges.to('TARGETS', { to, field });
  for (const role of new Set(backends.map(({ role }) => role))) {
    // Callers may be asked to bring their own: then a pattern stands here.
    edges.to('RUNS_AS', { to: role?.includes('*') === true ? undefined : role || undefined, field });
  }
}

function addAuthorizer(
  edges: EdgeList,
  { uri, credentials }: { readonly uri: string | undefined; readonly credentials: string | undefined },
  place: AwsPlace,
): void {
  edges
    .to('TARGETS', { to: backendOf(place, uri), field: 'GetAuthorizers', properties: { as: 'authorizer' } })
    .to('RUNS_AS', { to: credentials || undefined, field: 'GetAuthorizers' });
}

export function convertHttpApi(detailed: DetailedHttpApi, place: AwsPlace): Converted {
  const { api, routes, integrations, authorizers } = detailed;
  const nativeId = need(api.ApiId, 'ApiId');
  const id = gatewayArn(place, `/apis/${nativeId}`);
  const edges = new EdgeList(id, 'GetApis').to('HAS_ADDRESS', {
    to: api.DisableExecuteApiEndpoint === true ? undefined : hostId(api.ApiEndpoint),
    field: 'ApiEndpoint',
  });
  const backends = objectsIn(integrations, 'integrations').map(
    ({ IntegrationUri, ConnectionType, ConnectionId, CredentialsArn }) => ({
      uri: IntegrationUri,
      link: ConnectionType === 'VPC_LINK' ? ConnectionId : undefined,
      role: CredentialsArn,
    }),
  );
  addBackends(edges, backends, place);
  for (const { AuthorizerUri, AuthorizerCredentialsArn } of objectsIn(authorizers, 'authorizers')) {
    addAuthorizer(edges, { uri: AuthorizerUri, credentials: AuthorizerCredentialsArn }, place);
  }
  return {
    resource: resourceFact(place, {
      kind: 'aws.apigateway.api',
      id,
      nativeId,
      name: api.Name,
      tags: api.Tags ?? {},
      state: api.ProtocolType,
      createdAt: api.CreatedDate,
      public: true,
      raw: {
        ...jsonObjectBody(api),
        Routes: jsonBody(routes),
        Integrations: jsonBody(integrations),
        Authorizers: jsonBody(authorizers),
      },
    }),
    relationships: edges.edges,
  };
}

export function convertStage(owned: OwnedStage, place: AwsPlace): Converted {
  const api = gatewayArn(place, `/${owned.of === 'rest' ? 'restapis' : 'apis'}/${need(owned.apiId, 'apiId')}`);
  const { name, tags, createdAt, logs, firewall } = stageParts(owned);
  const nativeId = need(name, 'stageName');
  const id = `${api}/stages/${nativeId}`;
  const edges = new EdgeList(id, 'GetStages')
    .from('CONTAINS', { from: api, field: 'apiId' })
    .to('TARGETS', {
      to: logs?.replace(/:\*$/u, '') || undefined,
      field: 'accessLogSettings.destinationArn',
      properties: { as: 'logs' },
    })
    .to('PROTECTED_BY', { to: firewall || undefined, field: 'webAclArn' });
  return {
    resource: resourceFact(place, {
      kind: 'aws.apigateway.stage',
      id,
      nativeId,
      name: `${owned.apiId ?? ''} ${nativeId}`,
      tags,
      createdAt,
      raw: { ...jsonObjectBody(owned.stage), ApiId: owned.apiId ?? null },
    }),
    relationships: edges.edges,
  };
}

interface StageParts {
  readonly name: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt: Date | undefined;
  readonly logs: string | undefined;
  readonly firewall: string | undefined;
}

function stageParts(owned: OwnedStage): StageParts {
  if (owned.of === 'rest') {
    const { stageName, tags, createdDate, accessLogSettings, webAclArn } = owned.stage;
    const logs = accessLogSettings?.destinationArn;
    return { name: stageName, tags: tags ?? {}, createdAt: createdDate, logs, firewall: webAclArn };
  }
  const { StageName, Tags, CreatedDate, AccessLogSettings } = owned.stage;
  const logs = AccessLogSettings?.DestinationArn;
  return { name: StageName, tags: Tags ?? {}, createdAt: CreatedDate, logs, firewall: undefined };
}
