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

/** What is asked of the same few hundred field names a million times. */
interface FieldName {
  /** As it begins a field of a JSON text: quoted, with its colon. */
  readonly opening: string;
  readonly isVolatile: boolean;
}

const fieldNames = new Map<string, FieldName>();
/** Bodies may use ids as names: beyond so many, a name is looked at anew each time. */
const fieldNamesKept = 4096;

function fieldName(name: string): FieldName {
  const known = fieldNames.get(name);
  if (known !== undefined) return known;
  const isVolatile = volatileNames.has(name.replaceAll(/[-_]/g, '').toLowerCase());
  const found = { opening: `${JSON.stringify(name)}:`, isVolatile };
  if (fieldNames.size < fieldNamesKept) fieldNames.set(name, found);
  return found;
}

/** A value as text, keys in order: equal texts mean equal values. */
export function canonicalText(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  let fields = '';
  for (const name of Object.keys(value).sort()) {
    fields += `${fields === '' ? '' : ','}${fieldName(name).opening}${canonicalText(value[name] ?? null)}`;
  }
  return `{${fields}}`;
}

/** True for a field that changes by itself, whatever its value. */
export function isVolatileName(name: string): boolean {
  return fieldName(name).isVolatile;
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
  let fields = '';
  for (const key of Object.keys(value).sort()) {
    const { opening, isVolatile } = fieldName(key);
    if (isVolatile) continue;
    const part = lastingText(key, value[key] ?? null, datesMatter);
    if (part !== null) fields += `${fields === '' ? '' : ','}${opening}${part}`;
  }
  return `{${fields}}`;
}
