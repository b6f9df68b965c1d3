import type { Json } from '../base/json.ts';
import type { PortSchema } from '../model/artifact.ts';

/** What is found on the way besides a reason against it. */
export interface Findings {
  readonly coercions: Set<string>;
  readonly notes: Set<string>;
}

export interface Pair {
  readonly from: PortSchema;
  readonly to: PortSchema;
}

/** A reason why values of one type do not go into the other, or null. */
export type Check = (pair: Pair, place: string) => string | null;

/** What a check of members needs of the whole. */
export interface CheckContext {
  readonly place: string;
  readonly check: Check;
  readonly findings: Findings;
}

export function at(place: string, reason: string): string {
  return place === '' ? reason : `at ${place}: ${reason}`;
}

/** The values a type is narrowed to, or null where it is not. */
export function choicesOf(schema: PortSchema): readonly Json[] | null {
  if (schema.const !== undefined) return [schema.const];
  return schema.enum ?? null;
}

/** How many members or entries there may be. */
export interface Count {
  readonly least: number;
  readonly most: number;
}

/** Compares counts: a reason where none fits, a note where only the value can tell. */
export function checkCount(
  given: Count,
  wanted: Count,
  { words, findings }: { readonly words: readonly [one: string, many: string]; readonly findings: Findings },
): string | null {
  const counted = (count: number): string => `${count} ${words[count === 1 ? 0 : 1]}`;
  if (given.most < wanted.least) return `must have at least ${counted(wanted.least)}`;
  if (given.least > wanted.most) return `must have at most ${counted(wanted.most)}`;
  if (given.least < wanted.least) findings.notes.add(`must turn out to have at least ${counted(wanted.least)}`);
  if (given.most > wanted.most) findings.notes.add(`must turn out to have at most ${counted(wanted.most)}`);
  return null;
}
