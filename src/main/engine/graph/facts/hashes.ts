import { hash } from 'node:crypto';
import type { Json } from '#shared/base/json.ts';
import type { ResourceFact } from '#shared/model/index.ts';

/** Kinds in which dates are settings, not traces of use: their drift hash keeps every date. */
const kindsWhereDatesMatter = new Set(['aws.acm.certificate', 'aws.iam.access-key']);

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

function canonicalText(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonicalText(value[name] ?? null)}`).join(',')}}`;
}

function lastingText(name: string, value: Json, datesMatter: boolean): string | null {
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
    if (volatileNames.has(key.replaceAll(/[-_]/g, '').toLowerCase())) continue;
    const part = lastingText(key, value[key] ?? null, datesMatter);
    if (part !== null) parts.push(`${JSON.stringify(key)}:${part}`);
  }
  return `{${parts.join(',')}}`;
}

// Half of SHA-256 is ample to tell bodies apart and halves two columns of the graph.
function digest(text: string): string {
  return hash('sha256', text, 'hex').slice(0, 32);
}

/**
 * The two hashes of a resource, 32 hex digits each: `contentHash` over the canonical body and its tags, `driftHash`
 * over the same without volatile fields and with lists as sets, so that two unchanged runs give zero differences.
 */
export function resourceHashes(fact: ResourceFact): { readonly contentHash: string; readonly driftHash: string } {
  const tags = canonicalText(fact.tags);
  const datesMatter = kindsWhereDatesMatter.has(fact.kind);
  return {
    contentHash: digest(`${canonicalText(fact.raw)}\n${tags}`),
    driftHash: digest(`${lastingText('', fact.raw, datesMatter) ?? ''}\n${fact.state ?? ''}\n${tags}`),
  };
}
