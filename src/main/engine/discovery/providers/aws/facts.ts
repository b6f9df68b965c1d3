import type { JsonObject } from '#shared/base/json.ts';
import type { RelationshipFact, ResourceFact } from '#shared/model/index.ts';
import { awsScopeId } from '../../canonical-id.ts';
import { InvalidAnswerError } from './calls/aws-error.ts';
import { type AwsKind, awsKinds } from './kinds.ts';
import { objectsIn } from './lists.ts';
import type { AwsPlace } from './place.ts';

export { EdgeList } from '../../edge-list.ts';

/** What one item of a listing becomes. */
export interface Converted {
  readonly resource: ResourceFact;
  readonly relationships: readonly RelationshipFact[];
}

export interface ResourceParts {
  readonly kind: AwsKind;
  readonly id: string;
  readonly nativeId: string;
  /** What the console shows; the tag `Name` wins over it, the native id stands in for it. */
  readonly name?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly raw: JsonObject;
  readonly zone?: string | undefined;
  readonly state?: string | undefined;
  readonly createdAt?: Date | undefined;
  readonly public?: boolean | undefined;
  readonly cidr?: string | undefined;
  readonly ip?: string | undefined;
}

/**
 * A resource of this place with the blanks filled in. Where its ARN names another account or region, it lies there:
 * shared networks are seen from every account that may use them.
 */
export function resourceFact(place: AwsPlace, parts: ResourceParts): ResourceFact {
  const [, , , region = '', owner = ''] = parts.id.split(':');
  return {
    id: parts.id,
    cloud: 'aws',
    kind: parts.kind,
    category: awsKinds[parts.kind],
    name: parts.tags['Name'] || parts.name || parts.nativeId,
    nativeId: parts.nativeId,
    scopeId: /^\d{12}$/u.test(owner) ? awsScopeId('account', owner) : place.scopeId,
    region: region === '' || place.region === 'global' ? place.region : region,
    zone: parts.zone ?? null,
    state: parts.state ?? null,
    createdAt: parts.createdAt?.getTime() ?? null,
    public: parts.public ?? null,
    cidr: parts.cidr ?? null,
    ip: parts.ip ?? null,
    tags: { ...parts.tags },
    raw: parts.raw,
  };
}

/** Tags in the form most services use. */
export function tagsOf(
  list: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined,
): Record<string, string> {
  return Object.fromEntries(
    objectsIn(list, 'Tags').flatMap(({ Key, Value }) => (Key === undefined ? [] : [[Key, Value ?? '']])),
  );
}

/** A field that AWS always fills. Throws when it is missing: then the answer cannot be trusted. */
export function need(value: string | undefined, field: string): string {
  if (value === undefined || value === '') throw new InvalidAnswerError(`The answer has an item without ${field}.`);
  return value;
}
