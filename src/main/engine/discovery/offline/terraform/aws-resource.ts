import { describeStub } from '#engine/graph/schema/references.ts';
import type { JsonObject } from '#shared/base/json.ts';
import type { RelationshipFact } from '#shared/model/index.ts';
import { awsScopeId } from '../../canonical-id.ts';
import { EdgeList } from '../../edge-list.ts';
import { resourceFact } from '../../providers/aws/facts.ts';
import { arn, type AwsPlace, ec2Arn, keyId } from '../../providers/aws/place.ts';
import { awsSteps } from '../../providers/aws/steps.ts';
import { listOf, objectOf, textOf } from '../json-fields.ts';
import type { AwsPlaces, StatePlace } from './aws-places.ts';
import { type AwsStateType, awsStateTypes } from './aws-types.ts';
import type { StateInstance } from './instances.ts';
import type { StateResource } from './state-resource.ts';

/** Kinds that the provider lists once for an account and not for each region. */
const globalKinds = new Set(
  awsSteps.filter((step) => step.declaration.global).flatMap((step) => step.declaration.kinds),
);

/** What an instance of the AWS provider stands for; null when nothing of it says what it is in the cloud. */
export function awsResource(instance: StateInstance, places: AwsPlaces): StateResource | null {
  const { attributes, type } = instance;
  const known = awsStateTypes.get(type);
  const told = arnOf(attributes);
  const place = places.placeOf(instance);
  if (known === undefined) return told === undefined ? null : managedOnly(told);
  const id = idOf(known, attributes, place);
  if (id === undefined) return null;
  const region = globalKinds.has(known.kind) ? 'global' : regionOf(id, place);
  if (place === null || region === undefined) return managedOnly(id);
  const where: AwsPlace = {
    partition: place.partition,
    accountId: place.account,
    scopeId: awsScopeId('account', place.account),
    region,
    accountLabel: place.account,
  };
  const cell = { scope: where.scopeId, region, kind: known.kind };
  const account = { id: where.scopeId, cloud: 'aws', kind: 'account', name: place.account } as const;
  return {
    id,
    cell,
    resources: [{ ...resourceOf(known, instance, { id, where }), sparse: true }],
    relationships: edgesOf(id, attributes, { where, type }),
    scopes: [{ ...account, nativeId: place.account, parentId: null }],
  };
}

/** Of some types the id is the ARN. */
function arnOf(attributes: JsonObject): string | undefined {
  return [textOf(attributes, 'arn'), textOf(attributes, 'id')].find((text) => text?.startsWith('arn:'));
}

function managedOnly(id: string): StateResource {
  return { id, cell: null, resources: [], relationships: [], scopes: [] };
}

/** The id of a live run: the ARN, or made of it as there. */
function idOf(known: AwsStateType, attributes: JsonObject, place: StatePlace | null): string | undefined {
  const told = arnOf(attributes);
  // An ARN of a key pair has its name where a live run has its id; of an image it may have an account.
  const byId = known.kind === 'aws.ec2.key-pair' || known.ownerless === true;
  if (told !== undefined && !byId) return told;
  const resource = known.resource?.(attributes);
  if (resource === undefined || place?.region === undefined || known.service === undefined) return told;
  const { partition, region, account } = place;
  return ['arn', partition, known.service, region, known.ownerless === true ? '' : account, resource].join(':');
}

function regionOf(id: string, place: StatePlace | null): string | undefined {
  return id.split(':')[3] || place?.region;
}

function resourceOf(
  known: AwsStateType,
  { attributes, type }: StateInstance,
  { id, where }: { readonly id: string; readonly where: AwsPlace },
): ReturnType<typeof resourceFact> {
  const tags = { ...textsIn(attributes['tags_all']), ...textsIn(attributes['tags']) };
  return resourceFact(where, {
    kind: known.kind,
    id,
    nativeId: describeStub(id).nativeId,
    name: textOf(attributes, 'name', 'identifier', 'cluster_identifier', 'function_name', 'bucket', 'key_name'),
    tags,
    raw: attributes,
    zone: textOf(attributes, 'availability_zone'),
    cidr: type === 'aws_vpc' || type === 'aws_subnet' ? textOf(attributes, 'cidr_block') : undefined,
    ip: textOf(attributes, 'public_ip', 'private_ip'),
  });
}

function textsIn(value: JsonObject[string] | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(objectOf(value)).flatMap(([key, text]) => (typeof text === 'string' ? [[key, text]] : [])),
  );
}

/** Attributes that say the same for every type; whatever else they name becomes a reference by its id. */
function edgesOf(
  id: string,
  attributes: JsonObject,
  { where, type }: { readonly where: AwsPlace; readonly type: string },
): readonly RelationshipFact[] {
  const edges = new EdgeList(id, 'state');
  const texts = (name: string): readonly string[] =>
    [attributes[name] ?? null, ...listOf(attributes[name])].filter(
      (value) => typeof value === 'string' && value !== '',
    ) as string[];
  const attached = type === 'aws_internet_gateway' || type === 'aws_vpn_gateway';
  for (const vpc of texts('vpc_id')) {
    edges.to(attached ? 'ATTACHED_TO' : 'IN_NETWORK', { to: ec2Arn(where, `vpc/${vpc}`), field: 'vpc_id' });
  }
  for (const field of ['subnet_id', 'subnet_ids', 'subnets']) {
    for (const subnet of texts(field)) edges.to('IN_NETWORK', { to: ec2Arn(where, `subnet/${subnet}`), field });
  }
  for (const field of ['vpc_security_group_ids', 'security_group_ids', 'security_groups']) {
    // Outside of networks groups go by name.
    for (const group of texts(field).filter((one) => one.startsWith('sg-'))) {
      edges.to('PROTECTED_BY', { to: ec2Arn(where, `security-group/${group}`), field });
    }
  }
  for (const field of ['kms_key_id', 'kms_key_arn', 'kms_master_key_id']) {
    for (const key of texts(field)) edges.to('ENCRYPTED_BY', { to: keyId(where, key), field });
  }
  for (const field of ['role', 'role_arn', 'execution_role_arn']) {
    for (const role of texts(field)) {
      const to = role.startsWith('arn:')
        ? role
        : arn({ ...where, region: 'global' }, { service: 'iam', resource: `role/${role}` });
      edges.to('RUNS_AS', { to, field });
    }
  }
  return edges.edges;
}
