import type { Json } from '../base/json.ts';
import type { PortSchema } from '../model/artifact.ts';
import { describeType } from './describe-type.ts';
import { at, choicesOf, type Check, type Findings, type Pair } from './findings.ts';
import { checkLimits } from './limits.ts';
import { checkList, checkObject } from './members.ts';

/** Whether a value of one type may go into a port of another, and what happens to it on the way. */
export type Fit =
  | {
      readonly fits: true;
      /** How the tools convert the value, for example "number to text"; absent when nothing is converted. */
      readonly coercion?: string;
      /** What cannot be checked before the value exists. */
      readonly note?: string;
    }
  | { readonly fits: false; readonly reason: string };

/** The tools turn single values into text, and a whole number into any number; nothing else by themselves. */
function scalarConversion(from: PortSchema, to: PortSchema, findings: Findings): boolean {
  if (from.type === to.type) return true;
  if (from.type === 'integer' && to.type === 'number') return true;
  if (from.type === 'number' && to.type === 'integer') {
    const values = choicesOf(from);
    if (values !== null) return values.every(Number.isInteger);
    findings.notes.add('must turn out to be a whole number');
    return true;
  }
  if (to.type === 'string' && (from.type === 'number' || from.type === 'integer' || from.type === 'boolean')) {
    findings.coercions.add(from.type === 'boolean' ? 'true or false to text' : 'number to text');
    return true;
  }
  return false;
}

function sameChoice(left: Json, right: Json, to: PortSchema): boolean {
  const asText = to.type === 'string' && (typeof left === 'number' || typeof left === 'boolean');
  return JSON.stringify(asText ? String(left) : left) === JSON.stringify(right);
}

function checkChoices({ from, to }: Pair, findings: Findings): string | null {
  const wanted = choicesOf(to);
  if (wanted === null) return null;
  const given = choicesOf(from);
  const list = wanted.map((choice) => JSON.stringify(choice)).join(', ');
  if (given === null) {
    findings.notes.add(`must turn out to be one of ${list}`);
    return null;
  }
  const outside = given.find((choice) => !wanted.some((allowed) => sameChoice(choice, allowed, to)));
  return outside === undefined ? null : `${JSON.stringify(outside)} is not one of ${list}`;
}

function checkFormat({ from, to }: Pair): string | null {
  if (to.format === undefined || from.format === undefined || from.format === to.format) return null;
  return `a ${describeType(from)} is not a ${describeType(to)}`;
}

function checkNull({ to }: Pair): string | null {
  // The tools take null as "not set" for every other port.
  return to['x-nullable'] === false && to.default === undefined ? 'must not be null' : null;
}

function checkerWith(findings: Findings): Check {
  const check: Check = (pair, place) => {
    const { from, to } = pair;
    if (from['x-ephemeral'] === true) return at(place, 'it is ephemeral: nothing keeps it after the run that makes it');
    if (to.type === undefined) {
      const reason = checkChoices(pair, findings);
      return reason === null ? null : at(place, reason);
    }
    if (from.type === undefined) {
      findings.notes.add('the type is not known beforehand');
      return null;
    }
    if (from.type === 'null') {
      const reason = checkNull(pair);
      return reason === null ? null : at(place, reason);
    }
    if (!scalarConversion(from, to, findings)) {
      return at(place, `a ${describeType(from)} does not fit a ${describeType(to)}`);
    }
    const own = checkFormat(pair) ?? checkChoices(pair, findings) ?? checkLimits(pair, findings);
    if (own !== null) return at(place, own);
    if (to.type === 'array') return checkList(from, to, { place, check, findings });
    return to.type === 'object' ? checkObject(from, to, { place, check, findings }) : null;
  };
  return check;
}

/**
 * Whether a value of type `from` may go into a port of type `to`, by the conversions the tools make themselves:
 * a number or a boolean becomes text, a list a set, an object loses properties nobody asked for. A text never
 * becomes a number: the tools would try, and fail while they run. What only the value can show is a note.
 */
export function fits(from: PortSchema, to: PortSchema): Fit {
  const findings: Findings = { coercions: new Set(), notes: new Set() };
  const reason = checkerWith(findings)({ from, to }, '');
  if (reason !== null) return { fits: false, reason };
  return {
    fits: true,
    ...(findings.coercions.size > 0 ? { coercion: [...findings.coercions].join(', ') } : {}),
    ...(findings.notes.size > 0 ? { note: [...findings.notes].join('; ') } : {}),
  };
}
