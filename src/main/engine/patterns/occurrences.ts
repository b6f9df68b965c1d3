import type { Aligned } from './align.ts';
import type { Instance, Part } from './instances.ts';
import type { Reading } from './readings.ts';
import { stages } from './align.ts';
import { tokenise, type Piece } from './tokens.ts';

/** One place where an aligned resource stands: a member in an instance. */
export interface Occurrence {
  readonly instance: Instance;
  readonly key: string;
  readonly part: Part;
}

/** The value of one attribute at one place; undefined where it is not set. */
export interface Sight<Value> {
  readonly at: Occurrence;
  readonly value: Value;
}

/** Where a reference leads after alignment. */
export interface Resolved {
  readonly of: Aligned;
  readonly key: string;
  readonly attribute: string;
}

/** What the comparison of one aligned resource may look at. */
export interface Surroundings {
  readonly aligned: Aligned;
  readonly occurrences: readonly Occurrence[];
  /** The aligned resource and member a part became. */
  placeOf(part: Part): { readonly of: Aligned; readonly key: string } | null;
}

/** The places of an aligned resource, instance by instance. */
export function occurrencesOf(aligned: Aligned, instances: readonly Instance[]): readonly Occurrence[] {
  return instances.flatMap((instance) =>
    aligned.members.flatMap((member) => {
      const part = member.parts.get(instance.name);
      return part === undefined ? [] : [{ instance, key: member.key, part }];
    }),
  );
}

/**
 * What a value refers to, or null when it stays what it is: unknown here, ambiguous, or in a stage that comes later,
 * which would make a circle.
 */
export function resolve(
  surroundings: Surroundings,
  at: Occurrence,
  wanted: { readonly types: readonly string[] | null; readonly value: string },
): Resolved | null {
  const found = at.instance.find(wanted.types, wanted.value);
  if (found === null || found.part === at.part) return null;
  const place = surroundings.placeOf(found.part);
  if (place === null) return null;
  if (stages.indexOf(place.of.node) > stages.indexOf(surroundings.aligned.node)) return null;
  return { ...place, attribute: found.attribute };
}

/** A text cut at the tokens of the place where it stands. */
export function piecesAt(surroundings: Surroundings, at: Occurrence, value: string): readonly Piece[] {
  const isGroup = surroundings.aligned.shape === 'group';
  return tokenise(value, { ...at.instance, key: isGroup ? at.key : null });
}

/** The range of the network that a reading may lie in, with where it is kept. */
export function networkOf(
  surroundings: Surroundings,
  at: Occurrence,
  within: string | null,
): { readonly range: string; readonly resolved: Resolved } | null {
  if (within === null) return null;
  const found = resolve(surroundings, at, { types: ['aws_vpc'], value: within });
  const part = at.instance.find(['aws_vpc'], within)?.part;
  const reading = part?.body['cidr_block'];
  if (found === null || reading?.kind !== 'range') return null;
  return { range: reading.value, resolved: { ...found, attribute: 'cidr_block' } };
}

/** The plain value of a reading, as it stands in the cloud: what an input of this instance would hold. */
export function plainValue(reading: Reading | undefined): string | number | boolean | null {
  switch (reading?.kind) {
    case 'text':
    case 'reference':
    case 'range':
    case 'scalar':
      return reading.value;
    case 'incidental':
      return plainValue(reading.reading);
    case 'document':
      return JSON.stringify(reading.value);
    case 'set':
    case 'map':
    case 'blocks':
    case 'secret':
    case 'supplied':
    case undefined:
      return null;
  }
}
