import { type Converted, EdgeList, need, resourceFact } from '../facts.ts';
import { jsonObjectBody, policyBody } from '../json-body.ts';
import { type AwsPlace, ec2Arn, keyId } from '../place.ts';
import type { DetailedFunction } from './client.ts';

export function convertFunction({ configuration, policy, tags }: DetailedFunction, place: AwsPlace): Converted {
  const id = need(configuration.FunctionArn, 'FunctionArn');
  const network = configuration.VpcConfig;
  const edges = new EdgeList(id, 'ListFunctions').to('RUNS_AS', { to: configuration.Role, field: 'Role' });
  for (const subnet of network?.SubnetIds ?? []) {
    edges.to('IN_NETWORK', { to: ec2Arn(place, `subnet/${subnet}`), field: 'VpcConfig.SubnetIds' });
  }
  if (network?.VpcId) edges.to('IN_NETWORK', { to: ec2Arn(place, `vpc/${network.VpcId}`), field: 'VpcConfig.VpcId' });
  for (const group of network?.SecurityGroupIds ?? []) {
    edges.to('PROTECTED_BY', { to: ec2Arn(place, `security-group/${group}`), field: 'VpcConfig.SecurityGroupIds' });
  }
  if (configuration.KMSKeyArn) {
    edges.to('ENCRYPTED_BY', { to: keyId(place, configuration.KMSKeyArn), field: 'KMSKeyArn' });
  }
  for (const { Arn } of configuration.Layers ?? []) edges.to('DERIVED_FROM', { to: Arn, field: 'Layers' });
  edges.to('TARGETS', {
    to: configuration.DeadLetterConfig?.TargetArn || undefined,
    field: 'DeadLetterConfig',
    properties: { as: 'dead-letter' },
  });
  return {
    resource: resourceFact(place, {
      kind: 'aws.lambda.function',
      id,
      nativeId: need(configuration.FunctionName, 'FunctionName'),
      tags,
      state: configuration.State,
      raw: { ...jsonObjectBody(configuration), Policy: policyBody(policy) },
    }),
    relationships: edges.edges,
  };
}
