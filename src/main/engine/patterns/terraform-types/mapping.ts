import type { Json } from '#shared/base/json.ts';
import type { Boundary, ResourceFact } from '#shared/model/index.ts';
import type { Body } from '../readings.ts';

/** What the provider at hand knows, so that one table serves old and new versions of it. */
export interface Dialect {
  /** Whether the provider has this resource type, or this attribute or block of it to set. */
  readonly has: (type: string, attribute?: string) => boolean;
  /** The version constraint that generated code asks for. */
  readonly constraint: string;
}

/** One Terraform resource as one instance has it. */
export interface NewPart {
  readonly type: string;
  /** A name people gave it, from which its role is found; null when it has none. */
  readonly name: string | null;
  /** For what has no name of its own: the id of the resource it belongs to, with a word for what it is there. */
  readonly of?: { readonly id: string; readonly label: string };
  readonly zone?: string | null;
  readonly importId: string;
  /** The attributes by which others may refer to it, with their values here. */
  readonly identities: Readonly<Record<string, string>>;
  readonly body: Body;
}

export type Conversion = { readonly parts: readonly NewPart[] } | { readonly leftOut: string };

/** What a conversion may look at beside the resource itself. */
interface Converting {
  readonly dialect: Dialect;
  /** True for the network that AWS makes in every region. */
  readonly isDefaultNetwork: (id: string | null) => boolean;
}

/** How discovered resources of one kind are written in Terraform. */
export interface ResourceMapping {
  readonly kind: string;
  convert(fact: ResourceFact, converting: Converting): Conversion;
}

/** An attribute that only the tool's state holds: nothing in the cloud stands behind it. */
export interface StateOnly {
  readonly attribute: string;
  readonly why: string;
}

/** What is known of a Terraform type beside its values. */
export interface TypeAbout {
  readonly type: string;
  /** Word for inputs and outputs, for example `database`. */
  readonly noun: string;
  readonly boundary: Boundary;
  /** Values the provider takes by itself: left out of the code. */
  readonly defaults?: Readonly<Record<string, Json>>;
  /** Attributes whose values come from a closed list, so that an input offers those in use. */
  readonly choices?: readonly string[];
  readonly stateOnly?: readonly StateOnly[];
}
