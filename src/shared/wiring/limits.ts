import type { Json } from '../base/json.ts';
import { isCidr } from '../expressions/index.ts';
import type { PortSchema } from '../model/artifact.ts';
import { checkCount, choicesOf, type Findings, type Pair } from './findings.ts';

interface End {
  readonly bound: number;
  /** True when the bound itself is outside. */
  readonly open: boolean;
}

const numeric = (schema: PortSchema): boolean => schema.type === 'number' || schema.type === 'integer';

/** The lower end of a type's numbers; of two limits the tighter one. */
function lowerEnd({ minimum = -Infinity, exclusiveMinimum = -Infinity }: PortSchema): End {
  return exclusiveMinimum >= minimum && exclusiveMinimum > -Infinity
    ? { bound: exclusiveMinimum, open: true }
    : { bound: minimum, open: false };
}

function upperEnd({ maximum = Infinity, exclusiveMaximum = Infinity }: PortSchema): End {
  return exclusiveMaximum <= maximum && exclusiveMaximum < Infinity
    ? { bound: exclusiveMaximum, open: true }
    : { bound: maximum, open: false };
}

function lowerWords({ bound, open }: End): string {
  return open ? `more than ${bound}` : `at least ${bound}`;
}

function upperWords({ bound, open }: End): string {
  return open ? `less than ${bound}` : `at most ${bound}`;
}

/** Whether nothing at or beyond one end reaches the other. */
function misses(distance: number, open: boolean): boolean {
  return distance < 0 || (distance === 0 && open);
}

function checkNumber({ from, to }: Pair, findings: Findings): string | null {
  const [low, high] = [lowerEnd(to), upperEnd(to)];
  const values = choicesOf(from)?.filter((value) => typeof value === 'number') ?? null;
  if (values !== null) {
    if (values.some((value) => misses(value - low.bound, low.open))) return `must be ${lowerWords(low)}`;
    return values.some((value) => misses(high.bound - value, high.open)) ? `must be ${upperWords(high)}` : null;
  }
  const [given, givenHigh] = [lowerEnd(from), upperEnd(from)];
  if (misses(givenHigh.bound - low.bound, low.open || givenHigh.open)) return `must be ${lowerWords(low)}`;
  if (misses(high.bound - given.bound, high.open || given.open)) return `must be ${upperWords(high)}`;
  const lowOpen = given.bound < low.bound || (given.bound === low.bound && low.open && !given.open);
  const highOpen = givenHigh.bound > high.bound || (givenHigh.bound === high.bound && high.open && !givenHigh.open);
  const left = [
    ...(lowOpen && low.bound > -Infinity ? [lowerWords(low)] : []),
    ...(highOpen && high.bound < Infinity ? [upperWords(high)] : []),
  ];
  if (left.length > 0) findings.notes.add(`must turn out to be ${left.join(' and ')}`);
  return null;
}

/** A single value as the tools write it into a text. */
function asText(value: Json): string | null {
  return typeof value === 'object' ? null : String(value);
}

function textReason(text: string, to: PortSchema, pattern: RegExp | null): string | null {
  const length = Array.from(text).length;
  if (to.minLength !== undefined && length < to.minLength) return `must have at least ${to.minLength} characters`;
  if (to.maxLength !== undefined && length > to.maxLength) return `must have at most ${to.maxLength} characters`;
  if (pattern !== null && !pattern.test(text)) return `must match ${to.pattern}`;
  return to.format === 'cidr' && !isCidr(text) ? 'is not an address range such as 10.0.0.0/16' : null;
}

function checkText({ from, to }: Pair, findings: Findings): string | null {
  const pattern = to.pattern === undefined ? null : patternOf(to.pattern);
  if (to.pattern !== undefined && pattern === null) findings.notes.add('its pattern is checked by the tool');
  const choices = choicesOf(from);
  if (choices !== null) {
    const reasons = choices.map((choice) => {
      const text = asText(choice);
      const reason = text === null ? null : textReason(text, to, pattern);
      return reason === null || from.const !== undefined ? reason : `${JSON.stringify(choice)} ${reason}`;
    });
    return reasons.find((reason) => reason !== null) ?? null;
  }
  if (from.type === 'string') {
    const given = { least: from.minLength ?? 0, most: from.maxLength ?? Infinity };
    const wanted = { least: to.minLength ?? 0, most: to.maxLength ?? Infinity };
    const reason = checkCount(given, wanted, { words: ['character', 'characters'], findings });
    if (reason !== null) return reason;
  } else if (to.minLength !== undefined || to.maxLength !== undefined) {
    findings.notes.add('its length is checked when the value is known');
  }
  if (pattern !== null && from.pattern !== to.pattern)
    findings.notes.add('its pattern is checked when the value is known');
  return null;
}

/** Patterns may come from another tool's dialect; one that does not compile here is left to that tool. */
function patternOf(source: string): RegExp | null {
  try {
    return new RegExp(source, 'u');
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** The limits of single values: of numbers, and of whatever becomes a text. */
export function checkLimits({ from, to }: Pair, findings: Findings): string | null {
  if (numeric(from) && numeric(to)) return checkNumber({ from, to }, findings);
  return to.type === 'string' ? checkText({ from, to }, findings) : null;
}
