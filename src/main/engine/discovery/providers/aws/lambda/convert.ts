import type { EventSourceMappingConfiguration, LayersListItem } from '@aws-sdk/client-lambda';
import { repositoryOf } from '../container-image.ts';
import { type Converted, EdgeList, need, resourceFact } from '../facts.ts';
import { jsonObjectBody, policyBody } from '../json-body.ts';
import { arn, type AwsPlace, ec2Arn, keyId } from '../place.ts';
import { addGrants } from '../policy-grants.ts';
import type { DetailedFunction } from './client.ts';
import { objectsIn, textsIn } from '../lists.ts';

export function convertFunction(detailed: DetailedFunction, place: AwsPlace): Converted {
  const { configuration, policy, image, tags } = detailed;
  const id = need(configuration.FunctionArn, 'FunctionArn');
  const network = configuration.VpcConfig;
  const edges = new EdgeList(id, 'ListFunctions').to('RUNS_AS', { to: configuration.Role, field: 'Role' });
  for (const subnet of textsIn(network?.SubnetIds, 'SubnetIds')) {
    edges.to('IN_NETWORK', { to: ec2Arn(place, `subnet/${subnet}`), field: 'VpcConfig.SubnetIds' });
  }
  if (network?.VpcId) edges.to('IN_NETWORK', { to: ec2Arn(place, `vpc/${network.VpcId}`), field: 'VpcConfig.VpcId' });
  for (const group of textsIn(network?.SecurityGroupIds, 'SecurityGroupIds')) {
    edges.to('PROTECTED_BY', { to: ec2Arn(place, `security-group/${group}`), field: 'VpcConfig.SecurityGroupIds' });
  }
  if (configuration.KMSKeyArn) {
    edges.to('ENCRYPTED_BY', { to: keyId(place, configuration.KMSKeyArn), field: 'KMSKeyArn' });
  }
  for (const { Arn } of objectsIn(configuration.Layers, 'Layers')) {
    const { layer, version } = layerVersion(Arn);
    edges.to('DERIVED_FROM', { to: layer, field: 'Layers', properties: { version } });
  }
  edges.to('DERIVED_FROM', { to: repositoryOf(place, image ?? undefined), field: 'Code.ImageUri' });
  for (const { Arn } of objectsIn(configuration.FileSystemConfigs, 'FileSystemConfigs')) {
    edges.to('REFERENCES', { to: Arn, field: 'FileSystemConfigs' });
  }
  edges.to('TARGETS', {
    to: configuration.DeadLetterConfig?.TargetArn || undefined,
    field: 'DeadLetterConfig',
    properties: { as: 'dead-letter' },
  });
  const allowed = policyBody(policy);
  addGrants(edges, allowed, { place, field: 'GetPolicy' });
  return {
    resource: resourceFact(place, {
      kind: 'aws.lambda.function',
      id,
      nativeId: need(configuration.FunctionName, 'FunctionName'),
      tags,
      state: configuration.State,
      raw: { ...jsonObjectBody(configuration), ImageUri: image, Policy: allowed },
    }),
    relationships: edges.edges,
  };
}

/** A source of events that wakes a function: the source leads to the function. */
export function convertEventSource(mapping: EventSourceMappingConfiguration, place: AwsPlace): Converted {
  const nativeId = need(mapping.UUID, 'UUID');
  const id =
    mapping.EventSourceMappingArn ?? arn(place, { service: 'lambda', resource: `event-source-mapping:${nativeId}` });
  const target = mapping.FunctionArn;
  const edges = new EdgeList(id, 'ListEventSourceMappings')
    .to('TARGETS', { to: target && functionOf(target), field: 'FunctionArn' })
    .from('TARGETS', { from: sourceOf(mapping.EventSourceArn), field: 'EventSourceArn' })
    .to('TARGETS', {
      to: mapping.DestinationConfig?.OnFailure?.Destination || undefined,
      field: 'DestinationConfig.OnFailure',
      properties: { as: 'dead-letter' },
    });
  return {
    resource: resourceFact(place, {
      kind: 'aws.lambda.event-source-mapping',
      id,
      nativeId,
      name: target?.split(':').at(6),
      tags: {},
      state: mapping.State,
      raw: jsonObjectBody(mapping),
    }),
    relationships: edges.edges,
  };
}

export function convertLayer(layer: LayersListItem, place: AwsPlace): Converted {
  return {
    resource: resourceFact(place, {
      kind: 'aws.lambda.layer',
      id: need(layer.LayerArn, 'LayerArn'),
      nativeId: need(layer.LayerName, 'LayerName'),
      tags: {},
      raw: jsonObjectBody(layer),
    }),
    relationships: [],
  };
}

/** `arn:…:layer:NAME:VERSION` is a version of `arn:…:layer:NAME`. */
function layerVersion(arnOfVersion: string | undefined): { layer: string | undefined; version: string | null } {
  const parts = arnOfVersion?.split(':') ?? [];
  if (parts.length < 8) return { layer: arnOfVersion, version: null };
  return { layer: parts.slice(0, 7).join(':'), version: parts[7] ?? null };
}

/** A version or alias of a function is the function: `arn:…:function:NAME:live`. */
function functionOf(target: string): string {
  return target.split(':').slice(0, 7).join(':');
}

/** The stream of a table is the table: `arn:…:table/NAME/stream/TIME`. */
function sourceOf(source: string | undefined): string | undefined {
  return source?.replace(/^(arn:[^:]+:dynamodb:.*:table\/[^/]+)\/stream\/.*$/u, '$1');
}
