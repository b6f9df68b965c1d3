import type { Json, JsonObject } from '#shared/base/json.ts';
import { isObject, listOf, objectOf, textOf, timeOf, unwrapped } from '../json-fields.ts';
import { UnusableRecord } from '../offline-format.ts';

/** A configuration item in one spelling. Snapshots, history files, the API and queries spell it differently. */
export interface ConfigItem {
  /** `AWS::EC2::VPC` */
  readonly type: string;
  readonly id: string;
  readonly name: string | undefined;
  readonly arn: string | undefined;
  readonly account: string;
  /** `global` for services without regions. */
  readonly region: string;
  readonly zone: string | undefined;
  readonly status: string | undefined;
  readonly capturedAt: number | null;
  readonly createdAt: number | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly configuration: JsonObject | null;
  readonly supplementary: JsonObject;
  readonly relationships: readonly ItemRelationship[];
}

export interface ItemRelationship {
  readonly type: string;
  readonly id: string;
  /** A sentence such as `Is contained in Vpc`. */
  readonly name: string;
}

/** Reads an item. Throws `UnusableRecord` without what says which resource it is. */
export function configItem(value: Json): ConfigItem {
  if (!isObject(value)) throw new UnusableRecord('It is no object');
  const type = textOf(value, 'resourceType');
  const arn = textOf(value, 'ARN', 'arn');
  const id = textOf(value, 'resourceId') ?? arn;
  const account = textOf(value, 'awsAccountId', 'accountId') ?? arn?.split(':')[4];
  if (type === undefined || id === undefined) throw new UnusableRecord('It has no resourceType or no resourceId');
  if (account === undefined || account === '') throw new UnusableRecord('It names no account');
  const configuration = unwrapped(value['configuration']);
  return {
    type,
    id,
    name: textOf(value, 'resourceName'),
    arn,
    account,
    region: textOf(value, 'awsRegion') ?? (arn?.split(':')[3] || 'global'),
    zone: zoneOf(textOf(value, 'availabilityZone', 'availibilityZone')),
    status: textOf(value, 'configurationItemStatus'),
    capturedAt: timeOf(value['configurationItemCaptureTime']),
    createdAt: timeOf(value['resourceCreationTime']),
    tags: { ...tagsOf(objectOf(configuration)['tags']), ...tagsOf(value['tags']) },
    configuration: isObject(configuration) ? configuration : null,
    supplementary: supplementaryOf(value['supplementaryConfiguration']),
    relationships: listOf(value['relationships']).flatMap(relationshipOf),
  };
}

/** Words such as `Multiple Availability Zones` and `Not Applicable` name none. */
function zoneOf(zone: string | undefined): string | undefined {
  return zone !== undefined && /^[a-z]{2}(?:-[a-z]+)+-\d[a-z]$/.test(zone) ? zone : undefined;
}

/** A map in files, a list in queries. */
function tagsOf(tags: Json | undefined): Record<string, string> {
  const pairs = Array.isArray(tags)
    ? tags.filter(isObject).map((tag): [Json, Json] => [tag['key'] ?? null, tag['value'] ?? null])
    : Object.entries(objectOf(tags));
  return Object.fromEntries(
    pairs.flatMap(([key, value]) => (typeof key === 'string' ? [[key, typeof value === 'string' ? value : '']] : [])),
  );
}

/** Its values are JSON in a text for many types. */
function supplementaryOf(value: Json | undefined): JsonObject {
  return Object.fromEntries(Object.entries(objectOf(value)).map(([name, inner]) => [name, unwrapped(inner)]));
}

function relationshipOf(value: Json): ItemRelationship[] {
  if (!isObject(value)) return [];
  const type = textOf(value, 'resourceType');
  const id = textOf(value, 'resourceId', 'resourceName');
  if (type === undefined || id === undefined) return [];
  return [{ type, id, name: textOf(value, 'name', 'relationshipName') ?? '' }];
}
