/** The type of an attribute in a provider's schema. */
export type AttributeType =
  | { readonly kind: 'string' | 'number' | 'boolean' | 'any' }
  | { readonly kind: 'list' | 'set' | 'map'; readonly of: AttributeType }
  | { readonly kind: 'object'; readonly attributes: Attributes };

/** An attribute or nested block of a resource type. */
export interface Attribute {
  /** `either`: set by the user or, where not, by the provider. Bindings tell such as `optional`. */
  readonly use: 'required' | 'optional' | 'either' | 'computed';
  readonly sensitive: boolean;
  readonly type: AttributeType;
}

export type Attributes = ReadonlyMap<string, Attribute>;

/** Resource types and data sources of one version of a provider, each packed by `packAttributes`. */
export interface SchemaTable {
  /** For example `aws`. */
  readonly provider: string;
  readonly version: string;
  readonly resources: Readonly<Record<string, string>>;
  readonly data: Readonly<Record<string, string>>;
}
