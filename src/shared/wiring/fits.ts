import type { Json } from '../base/json.ts';
import { isCidr } from '../expressions/index.ts';
import type { PortSchema } from '../model/artifact.ts';

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

interface Findings {
  readonly coercions: Set<string>;
  readonly notes: Set<string>;
}

const words: Readonly<Record<NonNullable<PortSchema['type']>, string>> = {
  string: 'text',
  number: 'number',
  integer: 'whole number',
  boolean: 'true or false',
  array: 'list',
  object: 'object',
  null: 'nothing',
};

/** A type in a few words: `list of text`, `map of number`, `object`, `anything`. */
export function describeType(schema: PortSchema): string {
  if (schema.type === undefined)
    return schema.const === undefined && schema.enum === undefined ? 'anything' : 'a choice';
  if (schema.type === 'array') {
    const kind = schema.uniqueItems === true ? 'set' : 'list';
    return schema.items?.type === undefined ? kind : `${kind} of ${describeType(schema.items)}`;
  }
  if (schema.type === 'object' && isMap(schema)) {
    const of = schema.additionalProperties;
    return typeof of === 'object' && of.type !== undefined ? `map of ${describeType(of)}` : 'map';
  }
  return schema.format === undefined ? words[schema.type] : `${words[schema.type]} (${schema.format})`;
}

function isMap(schema: PortSchema): boolean {
  return schema.properties === undefined && typeof schema.additionalProperties === 'object';
}

function choicesOf(schema: PortSchema): readonly Json[] | null {
  if (schema.const !== undefined) return [schema.const];
  return schema.enum ?? null;
}

function at(place: string, reason: string): string {
  return place === '' ? reason : `at ${place}: ${reason}`;
}

type Check = (pair: { readonly from: PortSchema; readonly to: PortSchema }, place: string) => string | null;

/** The tools turn single values into text, and a whole number into any number; nothing else by themselves. */
function scalarConversion(from: PortSchema, to: PortSchema, findings: Findings): boolean {
  if (from.type === to.type) return true;
  if (from.type === 'integer' && to.type === 'number') return true;
  if (from.type === 'number' && to.type === 'integer') {
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

function checkChoices(from: PortSchema, to: PortSchema, findings: Findings): string | null {
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

const numeric = (schema: PortSchema): boolean => schema.type === 'number' || schema.type === 'integer';

function checkBounds(from: PortSchema, to: PortSchema, findings: Findings): string | null {
  const value = from.const;
  if (numeric(from) && numeric(to)) {
    const low = typeof value === 'number' ? value : from.minimum;
    const high = typeof value === 'number' ? value : from.maximum;
    if (to.minimum !== undefined && high !== undefined && high < to.minimum) return `must be at least ${to.minimum}`;
    if (to.maximum !== undefined && low !== undefined && low > to.maximum) return `must be at most ${to.maximum}`;
    const open =
      (to.minimum !== undefined && (low === undefined || low < to.minimum)) ||
      (to.maximum !== undefined && (high === undefined || high > to.maximum));
    if (open) findings.notes.add(`must turn out to lie within ${to.minimum ?? '…'} to ${to.maximum ?? '…'}`);
  }
  return to.type === 'string' ? checkText(from, to, findings) : null;
}

function checkText(from: PortSchema, to: PortSchema, findings: Findings): string | null {
  const text = from.const;
  if (typeof text !== 'string') {
    const same = from.pattern === to.pattern && from.minLength === to.minLength && from.maxLength === to.maxLength;
    const bounded = to.pattern !== undefined || to.minLength !== undefined || to.maxLength !== undefined;
    if (bounded && !same) findings.notes.add('its pattern or length is checked when the value is known');
    return null;
  }
  const length = Array.from(text).length;
  if (to.minLength !== undefined && length < to.minLength) return `must have at least ${to.minLength} characters`;
  if (to.maxLength !== undefined && length > to.maxLength) return `must have at most ${to.maxLength} characters`;
  if (to.pattern === undefined) return null;
  const pattern = patternOf(to.pattern);
  if (pattern === null) {
    findings.notes.add('its pattern is checked by the tool');
    return null;
  }
  return pattern.test(text) ? null : `must match ${to.pattern}`;
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

function checkFormat(from: PortSchema, to: PortSchema): string | null {
  if (to.format === 'cidr' && typeof from.const === 'string' && !isCidr(from.const)) {
    return 'is not an address range such as 10.0.0.0/16';
  }
  if (to.format === undefined || from.format === undefined || from.format === to.format) return null;
  return `a ${describeType(from)} is not a ${describeType(to)}`;
}

function checkArray(from: PortSchema, to: PortSchema, context: { place: string; check: Check; findings: Findings }) {
  if (to.uniqueItems === true && from.uniqueItems !== true) context.findings.coercions.add('list to set');
  if (to.uniqueItems !== true && from.uniqueItems === true) context.findings.coercions.add('set to list');
  if (to.items === undefined) return null;
  return context.check({ from: from.items ?? {}, to: to.items }, `${context.place}[]`);
}

function checkObject(from: PortSchema, to: PortSchema, context: { place: string; check: Check; findings: Findings }) {
  const { place, check, findings } = context;
  const given = from.properties ?? {};
  const wanted = to.properties ?? {};
  const rest = typeof from.additionalProperties === 'object' ? from.additionalProperties : {};
  const closed = from.properties !== undefined && typeof from.additionalProperties !== 'object';
  for (const [name, schema] of Object.entries(wanted)) {
    const found = Object.hasOwn(given, name) ? given[name] : undefined;
    const required = to.required?.includes(name) === true;
    const inside = place === '' ? name : `${place}.${name}`;
    if (found === undefined && closed) {
      if (required) return at(place, `the property "${name}" is missing`);
      continue;
    }
    if (required && from.required?.includes(name) !== true) findings.notes.add(`"${name}" must turn out to be set`);
    const reason = check({ from: found ?? rest, to: schema }, inside);
    if (reason !== null) return reason;
  }
  if (typeof to.additionalProperties === 'object') {
    for (const [name, schema] of Object.entries(given)) {
      if (Object.hasOwn(wanted, name)) continue;
      const inside = place === '' ? name : `${place}.${name}`;
      const reason = check({ from: schema, to: to.additionalProperties }, inside);
      if (reason !== null) return reason;
    }
    if (!closed) return check({ from: rest, to: to.additionalProperties }, `${place}[]`);
    return null;
  }
  const extra = Object.keys(given).filter((name) => !Object.hasOwn(wanted, name));
  if (to.properties !== undefined && extra.length > 0) findings.coercions.add('further properties are dropped');
  return null;
}

function checkerWith(findings: Findings): Check {
  const check: Check = ({ from, to }, place) => {
    if (to.type === undefined) {
      const reason = checkChoices(from, to, findings);
      return reason === null ? null : at(place, reason);
    }
    if (from.type === undefined) {
      findings.notes.add('the type is not known beforehand');
      return null;
    }
    // The tools take null as "not set" for every port.
    if (from.type === 'null') return null;
    if (!scalarConversion(from, to, findings)) {
      return at(place, `a ${describeType(from)} does not fit a ${describeType(to)}`);
    }
    const own = checkFormat(from, to) ?? checkChoices(from, to, findings) ?? checkBounds(from, to, findings);
    if (own !== null) return at(place, own);
    if (to.type === 'array') return checkArray(from, to, { place, check, findings });
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
