import type { Json } from '#shared/base/json.ts';

/**
 * What one attribute holds in one instance, in the provider's terms but before instances are compared.
 * `types` and `within` say what a value may refer to: nothing becomes a reference only because two strings are equal.
 */
export type Reading =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'scalar'; readonly value: number | boolean }
  /** An id, ARN or name of one of these Terraform types. */
  | { readonly kind: 'reference'; readonly types: readonly string[]; readonly value: string }
  /** An address range that may be cut out of the network with this id, or be that network's own range. */
  | { readonly kind: 'range'; readonly value: string; readonly within: string | null }
  /** A list without order. */
  | { readonly kind: 'set'; readonly items: readonly Reading[] }
  | { readonly kind: 'map'; readonly entries: Readonly<Record<string, Reading>> }
  /** A JSON document that the provider takes as text; ARNs inside may refer to anything. */
  | { readonly kind: 'document'; readonly value: Json }
  /** Repeated nested blocks, without order. */
  | { readonly kind: 'blocks'; readonly items: readonly Body[] }
  /** A value the cloud never shows again. */
  | { readonly kind: 'secret'; readonly label: string }
  /** A value the estate cannot know, such as the path of a deployment package. */
  | { readonly kind: 'supplied'; readonly label: string; readonly description: string }
  /** A value the cloud chooses when nobody does: kept where all instances agree, else left to the cloud. */
  | { readonly kind: 'incidental'; readonly reading: Reading };

/** The attributes and nested blocks of one Terraform resource. */
export type Body = Readonly<Record<string, Reading>>;

type Maybe<Value> = Value | null | undefined;

export function text(value: Maybe<string>): Reading | undefined {
  return value === null || value === undefined || value === '' ? undefined : { kind: 'text', value };
}

export function scalar(value: Maybe<number | boolean>): Reading | undefined {
  return value === null || value === undefined ? undefined : { kind: 'scalar', value };
}

export function reference(types: string | readonly string[], value: Maybe<string>): Reading | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  return { kind: 'reference', types: typeof types === 'string' ? [types] : types, value };
}

export function range(value: Maybe<string>, within: string | null): Reading | undefined {
  return value === null || value === undefined || value === '' ? undefined : { kind: 'range', value, within };
}

/** A list without order; undefined when it is empty. */
export function set(items: readonly (Reading | undefined)[]): Reading | undefined {
  const present = items.filter((item) => item !== undefined);
  return present.length === 0 ? undefined : { kind: 'set', items: present };
}

export function map(entries: Readonly<Record<string, string>>): Reading | undefined {
  const keys = Object.keys(entries);
  if (keys.length === 0) return undefined;
  return {
    kind: 'map',
    entries: Object.fromEntries(
      keys.map((key): [string, Reading] => [key, { kind: 'text', value: entries[key] ?? '' }]),
    ),
  };
}

export function document(value: Maybe<Json>): Reading | undefined {
  return value === null || value === undefined ? undefined : { kind: 'document', value };
}

/** Nested blocks; undefined when there are none. */
export function blocks(items: readonly OpenBody[]): Reading | undefined {
  return items.length === 0 ? undefined : { kind: 'blocks', items: items.map(body) };
}

export function secret(label: string): Reading {
  return { kind: 'secret', label };
}

export function supplied(label: string, description: string): Reading {
  return { kind: 'supplied', label, description };
}

export function incidental(reading: Reading | undefined): Reading | undefined {
  return reading === undefined ? undefined : { kind: 'incidental', reading };
}

/** A body as converters write it: attributes that are not there are `undefined`. */
export type OpenBody = Readonly<Record<string, Reading | undefined>>;

/** Drops what is not there. */
export function body(attributes: OpenBody): Body {
  const present: Record<string, Reading> = {};
  for (const [name, reading] of Object.entries(attributes)) if (reading !== undefined) present[name] = reading;
  return present;
}
