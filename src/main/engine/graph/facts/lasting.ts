import type { Json } from '#shared/base/json.ts';

/** Kinds in which dates are settings, not traces of use: their drift hash keeps every date. */
const kindsWhereDatesMatter = new Set(['aws.acm.certificate', 'aws.iam.access-key']);

/** True where a date says what was set, such as when a certificate expires. */
export function datesMatterIn(kind: string): boolean {
  return kindsWhereDatesMatter.has(kind);
}

/**
 * Names, lower-cased and without separators, of fields that change by themselves: versions and etags that move with
 * every write, traces of use, and counters. Creation and modification times are found by their values.
 */
const volatileNames = new Set([
  'etag',
  'fingerprint',
  'generation',
  'metageneration',
  'resourceversion',
  'revisionid',
  'responsemetadata',
  'requestid',
  'rolelastused',
  'lastused',
  'passwordlastused',
  'availableipaddresscount',
  'itemcount',
  'tablesizebytes',
  'indexsizebytes',
  'approximatenumberofmessages',
  'approximatenumberofmessagesdelayed',
  'approximatenumberofmessagesnotvisible',
  'subscriptionsconfirmed',
  'subscriptionsdeleted',
  'subscriptionspending',
  'storedbytes',
]);

// A date alone is not enough: "2012-10-17" is the version of the IAM policy language.
const dateTime = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/;
const momentName = /(time|timestamp|date|lastmodified|[a-z]At|_at)$/;

/** Milliseconds or seconds since 1970, as a number or in digits, under a name that speaks of a moment. */
function isMoment(name: string, value: Json): boolean {
  if (typeof value !== 'number' && (typeof value !== 'string' || !/^\d{9,}(\.\d+)?$/.test(value))) return false;
  return Number(value) >= 1e9 && (momentName.test(name) || momentName.test(name.toLowerCase()));
}

/** A value as text, keys in order: equal texts mean equal values. */
export function canonicalText(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonicalText(value[name] ?? null)}`).join(',')}}`;
}

/** True for a field that changes by itself, whatever its value. */
export function isVolatileName(name: string): boolean {
  return volatileNames.has(name.replaceAll(/[-_]/g, '').toLowerCase());
}

/**
 * A value as text without what changes by itself, lists as sets: equal texts mean that nothing lasting differs. Null
 * when all of it changes by itself. `name` is the field it stands under.
 */
export function lastingText(name: string, value: Json, datesMatter: boolean): string | null {
  if (!datesMatter) {
    if (typeof value === 'string' && dateTime.test(value)) return null;
    if (isMoment(name, value)) return null;
  }
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) {
    // Clouds return sets in any order; sorted, two unchanged runs stay equal.
    const parts = value.map((item) => lastingText('', item, datesMatter)).filter((part) => part !== null);
    return `[${parts.sort().join(',')}]`;
  }
  const parts: string[] = [];
  for (const key of Object.keys(value).sort()) {
    if (isVolatileName(key)) continue;
    const part = lastingText(key, value[key] ?? null, datesMatter);
    if (part !== null) parts.push(`${JSON.stringify(key)}:${part}`);
  }
  return `{${parts.join(',')}}`;
}
