import type { ResourceRow } from '#shared/model/index.ts';
import { addressRange, contains, type AddressRange } from '../schema/addresses.ts';

/**
 * One word of a search. Every word must be found somewhere:
 *   `env=prod`     a tag with exactly this key and value (no value: any), in any case
 *   `10.1.2.3`     the address itself and every network that holds it
 *   `10.1.0.0/16`  networks and addresses inside it, and networks that hold it
 *   anything else  a part of the name, an id, the kind, a tag, an address, or a whole region
 */
export interface SearchTerm {
  readonly word: string;
  readonly tag: { readonly key: string; readonly value: string } | null;
  readonly range: AddressRange | null;
}

/** Splits a search into its words. */
export function parseSearch(searched: string): readonly SearchTerm[] {
  const words = searched
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return words.map((word) => {
    const found = /^([^=]+)=(.*)$/.exec(word);
    const tag = found === null ? null : { key: found[1] ?? '', value: found[2] ?? '' };
    return { word, tag, range: addressRange(word) };
  });
}

type Searched = Pick<ResourceRow, 'id' | 'name' | 'nativeId' | 'kind' | 'region' | 'ip' | 'cidr' | 'tags'> & {
  /** Further addresses and networks it has, which are nodes of their own. */
  readonly addresses?: readonly string[];
};

/** Every address and network of a resource, its own network first. */
function networksOf({ cidr, ip, addresses = [] }: Searched): readonly string[] {
  return [...new Set([cidr, ip, ...addresses].filter((shown) => shown !== null))];
}

function networkReason(row: Searched, term: SearchTerm): string | null {
  if (term.range === null) return null;
  for (const shown of networksOf(row)) {
    const own = addressRange(shown);
    if (own === null) continue;
    const label = shown.includes('/') ? 'network' : 'address';
    if (own.first === term.range.first && own.last === term.range.last) return `${label} ${shown}`;
    if (contains(own, term.range)) return `${label} ${shown} holds ${term.word}`;
    if (contains(term.range, own)) return `${label} ${shown} lies in ${term.word}`;
  }
  return null;
}

function tagReason(row: Searched, term: SearchTerm): string | null {
  for (const [key, value] of Object.entries(row.tags)) {
    const sameKey = key.toLowerCase() === term.tag?.key;
    const sameValue = term.tag?.value === '' || value.toLowerCase() === term.tag?.value;
    if (sameKey && sameValue) return `tag ${key}=${value}`;
  }
  for (const [key, value] of Object.entries(row.tags)) {
    if (key.toLowerCase().includes(term.word) || value.toLowerCase().includes(term.word)) return `tag ${key}=${value}`;
  }
  return null;
}

function reasonFor(row: Searched, term: SearchTerm): string | null {
  if (term.tag !== null) {
    const tag = tagReason(row, term);
    if (tag !== null) return tag;
  }
  if (row.name.toLowerCase().includes(term.word)) return 'name';
  if (row.nativeId.toLowerCase().includes(term.word)) return `id ${row.nativeId}`;
  if (row.kind.includes(term.word)) return `kind ${row.kind}`;
  if (row.region === term.word) return `region ${row.region}`;
  const network = networkReason(row, term);
  if (network !== null) return network;
  // Only what looks like a part of an address is looked for in addresses.
  const shown = /^[0-9a-f.:/]+$/.test(term.word) ? networksOf(row).find((own) => own.includes(term.word)) : undefined;
  if (shown !== undefined) return `${shown.includes('/') ? 'network' : 'address'} ${shown}`;
  return tagReason(row, term) ?? (row.id.toLowerCase().includes(term.word) ? 'id' : null);
}

/** Why a row matched, in the order of the words; null without a search. */
export function matchReason(row: Searched, terms: readonly SearchTerm[]): string | null {
  const reasons = new Set<string>();
  for (const term of terms) {
    const reason = reasonFor(row, term);
    if (reason !== null) reasons.add(reason);
  }
  return reasons.size === 0 ? null : [...reasons].join(', ');
}
