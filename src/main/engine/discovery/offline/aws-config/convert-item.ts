import { describeStub } from '#engine/graph/schema/references.ts';
import type { JsonObject } from '#shared/base/json.ts';
import type { RelationshipType, ResourceFact } from '#shared/model/index.ts';
import { awsScopeId } from '../../canonical-id.ts';
import { EdgeList } from '../../edge-list.ts';
import { InvalidAnswerError } from '../../providers/aws/calls/aws-error.ts';
import type { Converted } from '../../providers/aws/facts.ts';
import { jsonObjectBody } from '../../providers/aws/json-body.ts';
import { awsKinds } from '../../providers/aws/kinds.ts';
import { partitionOfRegion } from '../../providers/aws/partitions.ts';
import type { AwsPlace } from '../../providers/aws/place.ts';
import { awsSteps } from '../../providers/aws/steps.ts';
import { UnusableRecord } from '../offline-format.ts';
import type { ConfigItem, ItemRelationship } from './config-item.ts';
import { itemId } from './item-id.ts';
import type { MappedType } from './mapped-type.ts';
import { mappedTypes } from './mapped-types.ts';
import { answerBody, sdkShape } from './sdk-shape.ts';

/** Kinds that the provider lists once for an account and not for each region. */
const globalKinds = new Set(
  awsSteps.filter((step) => step.declaration.global).flatMap((step) => step.declaration.kinds),
);

export interface ConvertedItem extends Converted {
  /** The region of the ledger's cell. */
  readonly cellRegion: string;
}

/**
 * An item as facts, with the ids and edges a live run would give it. A type nobody mapped becomes a resource all the
 * same, with the relationships that Config tells. Throws `UnusableRecord` when the item is not of its type's shape.
 */
export function convertItem(item: ConfigItem): ConvertedItem {
  const mapped = mappedTypes.get(item.type);
  const isGlobal = mapped === undefined ? item.region === 'global' : globalKinds.has(mapped.kind);
  const place = placeOf(item, isGlobal);
  const converted = mapped === undefined ? convertAny(item, place) : convertMapped(mapped, item, place);
  return { ...converted, cellRegion: place.region };
}

function placeOf({ account, arn, region }: ConfigItem, isGlobal: boolean): AwsPlace {
  return {
    partition: arn?.split(':')[1] ?? partitionOfRegion(region).name,
    accountId: account,
    scopeId: awsScopeId('account', account),
    region: isGlobal ? 'global' : region,
    accountLabel: account,
  };
}

function convertMapped(mapped: MappedType, item: ConfigItem, place: AwsPlace): Converted {
  const known = item.configuration === null ? {} : sdkShape(item.configuration);
  const sparse = known[mapped.idField] === undefined;
  const body = sparse ? answerBody({ ...known, [mapped.idField]: item.id }) : known;
  try {
    const { resource, relationships } = mapped.convert(body, item, place);
    return { resource: { ...withTimes(resource, item), ...(sparse ? { sparse } : {}) }, relationships };
  } catch (error) {
    if (!(error instanceof InvalidAnswerError || error instanceof TypeError)) throw error;
    // A query's columns may leave out what the converter needs; what they tell is kept.
    if (sparse || mapped.bySchema === true) return convertAny(item, place, mapped);
    throw new UnusableRecord(`Its configuration is not that of an ${item.type}`);
  }
}

function withTimes(resource: ResourceFact, item: ConfigItem): ResourceFact {
  return { ...resource, zone: resource.zone ?? item.zone ?? null, createdAt: resource.createdAt ?? item.createdAt };
}

function convertAny(item: ConfigItem, place: AwsPlace, mapped?: MappedType): Converted {
  const id = itemId(item.type, item.arn ?? item.id, place);
  const edges = new EdgeList(id, 'Config');
  for (const relationship of item.relationships) addRelationship(relationship, edges, place);
  const { kind: kindOfId } = describeStub(id);
  const kind = mapped?.kind ?? (id.startsWith('arn:') ? kindOfId : kindOfType(item.type));
  const resource: ResourceFact = {
    id,
    cloud: 'aws',
    kind,
    category: mapped === undefined ? 'other' : awsKinds[mapped.kind],
    name: item.tags['Name'] || item.name || item.id,
    nativeId: item.id,
    scopeId: place.scopeId,
    region: place.region,
    zone: item.zone ?? null,
    state: null,
    createdAt: item.createdAt,
    public: null,
    cidr: null,
    ip: null,
    tags: { ...item.tags },
    raw: rawOf(item),
    ...(mapped !== undefined || item.configuration === null ? { sparse: true } : {}),
  };
  return { resource, relationships: edges.edges };
}

/** `AWS::Glue::Job` → `aws.glue.job`, for what has no ARN to tell its kind. */
function kindOfType(type: string): string {
  return type.split('::').join('.').toLowerCase();
}

/** The provider's own body has no secrets either. */
function rawOf({ configuration, supplementary }: ConfigItem): JsonObject {
  const body = configuration === null ? {} : jsonObjectBody(sdkShape(configuration));
  const more = jsonObjectBody(supplementary);
  return Object.keys(more).length === 0 ? body : { ...body, SupplementaryConfiguration: more };
}

/** Config says it in a sentence, from both ends: `Is contained in Vpc`, `Contains Subnet`. */
function addRelationship({ type, id, name }: ItemRelationship, edges: EdgeList, place: AwsPlace): void {
  const other = itemId(type, id, place);
  edges.to(typeOfSentence(name, type), { to: other, field: 'relationships', properties: { says: name } });
}

function typeOfSentence(sentence: string, type: string): RelationshipType {
  if (/^is contained in/i.test(sentence)) return 'IN_NETWORK';
  if (/^contains/i.test(sentence)) return 'CONTAINS';
  if (/^is attached to/i.test(sentence)) return 'ATTACHED_TO';
  if (type.endsWith('SecurityGroup') && /^is associated with/i.test(sentence)) return 'PROTECTED_BY';
  return 'REFERENCES';
}
