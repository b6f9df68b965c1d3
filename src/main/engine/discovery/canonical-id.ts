/** What a canonical id is made of. One rule per cloud; `other` ids are for things no cloud lists. */
export type IdSource =
  | { readonly cloud: 'aws'; readonly arn: string }
  | {
      readonly cloud: 'aws';
      readonly partition: string;
      readonly service: string;
      /** Empty where the service is global. */
      readonly region: string;
      /** The owner of the resource, which need not be the account that listed it; empty for public ones. */
      readonly owner: string;
      /** As in the service's ARN format, for example `vpc/vpc-0a1b`. */
      readonly resource: string;
    }
  | {
      readonly cloud: 'azure';
      /** Any spelling of a Resource Manager id; APIs differ in case. */
      readonly id: string;
    }
  | {
      readonly cloud: 'gcp';
      /** A full resource name (`//compute.googleapis.com/projects/…`) with projects by id. */
      readonly name: string;
    }
  | { readonly cloud: 'other'; readonly space: 'ip' | 'cidr' | 'dns'; readonly value: string };

/**
 * The one key of a thing in the cloud graph. AWS: its ARN, synthesised where the API gives none, always with the
 * owner's account so that a shared subnet seen from three accounts is one node. Azure: the resource id in lower case.
 * Google Cloud: the full resource name its asset inventory uses. Addresses: `ip:…`, `cidr:…` and `dns:…`.
 */
export function canonicalId(source: IdSource): string {
  if (source.cloud === 'other') return `${source.space}:${source.value}`;
  if (source.cloud === 'azure') return source.id.toLowerCase();
  if (source.cloud === 'gcp') return source.name;
  if ('arn' in source) return source.arn;
  return `arn:${source.partition}:${source.service}:${source.region}:${source.owner}:${source.resource}`;
}

/** The id of an AWS scope, for example `aws:account:123456789012`. */
export function awsScopeId(kind: 'organization' | 'ou' | 'account', nativeId: string): string {
  return `aws:${kind}:${nativeId}`;
}

/**
 * The id of an Azure scope, for example `azure:subscription:11111111-…`; a resource group goes by its subscription
 * and name, `azure:resource-group:11111111-…/shop`.
 */
export function azureScopeId(
  kind: 'tenant' | 'management-group' | 'subscription' | 'resource-group',
  nativeId: string,
): string {
  return `azure:${kind}:${nativeId.toLowerCase()}`;
}

/** The id of a Google Cloud scope, for example `gcp:project:shop-production`; projects by id where it is known. */
export function gcpScopeId(kind: 'organization' | 'folder' | 'project', nativeId: string): string {
  return `gcp:${kind}:${nativeId}`;
}
