import type { RelationshipType } from '#shared/model/index.ts';

/** Some tens of thousands of texts, one after the other, each closed by a line break. */
export interface TextBlock {
  /** In lower case where the column folds case. */
  readonly text: string;
  /** Where each text ends in `text`, its line break not counted. */
  readonly ends: Uint32Array;
  /** The texts that folding has changed, as they were. */
  readonly exact: ReadonlyMap<number, string>;
}

/** Texts by position. Few large strings cost a third of many small ones and are searched at memory speed. */
export interface TextColumn {
  readonly length: number;
  readonly blocks: readonly TextBlock[];
}

/** Texts that repeat, as numbers into the list of distinct ones. Number 0 is the empty text. */
export interface CodedColumn {
  readonly values: readonly string[];
  readonly codes: Uint32Array;
}

/** Tags of all resources: those of resource `n` are `pairs[starts[n]] … pairs[starts[n + 1] - 1]`. */
export interface TagColumns {
  readonly starts: Uint32Array;
  readonly pairs: Uint32Array;
  /** Key and value of each distinct pair. */
  readonly keys: CodedColumn;
  readonly values: TextColumn;
}

/** What facts say of relationships beyond their ends; many relationships share one entry. */
export interface RelationshipDetails {
  readonly runs: Uint32Array;
  readonly sources: CodedColumn;
  readonly confidences: Float64Array;
  /** Properties as JSON. */
  readonly properties: TextColumn;
}

/** Relationships between nodes, those of one node together: ordered by the end they leave. */
export interface RelationshipColumns {
  readonly types: readonly RelationshipType[];
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** Index into `types`. */
  readonly type: Uint8Array;
  /** Index into `details`. */
  readonly detail: Uint32Array;
  readonly details: RelationshipDetails;
}

/** Bits of `GraphShape.flags`. */
export const nodeFlags = {
  stub: 1,
  stale: 2,
  /** Whether the kind says that it is public, and what it says. */
  publicKnown: 4,
  public: 8,
  /** `netFirst` and `netLast` hold its IPv4 address or network. */
  v4: 16,
  /** It has an IPv6 address or network, which stands in `cidrs` or `ips` alone. */
  v6: 32,
} as const;

/**
 * The whole graph of resources and addresses as columns in memory: what lists, searches and walks need, without a
 * question to the database. A node is its position: resources and stubs first, then addresses, whose value stands in
 * `names` and whose other columns are empty. Made by every build beside the database's rows and kept in a file with
 * it. About 350 bytes for a resource with its tags and three relationships.
 */
export interface GraphShape {
  /** How many of the nodes are resources or stubs; addresses have the positions from here on. */
  readonly resources: number;
  readonly nodes: number;
  readonly ids: TextColumn;
  readonly names: TextColumn;
  /** How many characters at the end of its id are the native id; 0 when it stands in `nativeIds`. */
  readonly nativeTails: Uint16Array;
  readonly nativeIds: ReadonlyMap<number, string>;
  readonly clouds: CodedColumn;
  readonly kinds: CodedColumn;
  readonly categories: CodedColumn;
  readonly scopes: CodedColumn;
  readonly regions: CodedColumn;
  /** Empty where there is none, as in `states`, `cidrs` and `ips`. */
  readonly zones: CodedColumn;
  readonly states: CodedColumn;
  readonly cidrs: TextColumn;
  readonly ips: TextColumn;
  readonly netFirst: Uint32Array;
  readonly netLast: Uint32Array;
  readonly flags: Uint8Array;
  /** NaN where nothing is known. */
  readonly createdAt: Float64Array;
  readonly firstRun: Uint32Array;
  readonly lastRun: Uint32Array;
  readonly changedRun: Uint32Array;
  readonly tags: TagColumns;
  readonly relationships: RelationshipColumns;
}
