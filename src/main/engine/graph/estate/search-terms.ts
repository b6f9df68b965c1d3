import type { ResourceRow } from '#shared/model/index.ts';
import { addressRange, contains, type AddressRange } from '../schema/addresses.ts';

/**
 * One word of a search; what is in double quotes is one with its blanks. Every word must be found somewhere:
 *   `env=prod`     a tag with exactly this key and value (no value: any), in any case; a key may hold `=` itself
 *   `10.1.2.3`     the address itself and every network that holds it
 *   `10.1.0.0/16`  networks and addresses inside it, and networks that hold it
 *   anything else  a part of the name, an id, the kind, a tag, an address, or a whole region
 */
export interface SearchTerm {
  readonly word: string;
  /** What it may mean as a tag: for each `=` in it the two sides. */
  readonly tags: readonly { readonly key: string; readonly value: string }[];
  readonly range: AddressRange | null;
}

/** Splits a search into its words. */
export function parseSearch(searched: string): readonly SearchTerm[] {
  const words = [...searched.toLowerCase().matchAll(/(?:[^\s"]|"[^"]*"?)+/g)]
    .map(([word]) => word.replaceAll('"', '').trim())
    .filter((word) => word !== '');
  return words.map((word) => ({ word, tags: tagsIn(word), range: addressRange(word) }));
}

function tagsIn(word: string): SearchTerm['tags'] {
  const signs = [...word.matchAll(/(?<!^)=/g)];
  return signs.map(({ index }) => ({ key: word.slice(0, index), value: word.slice(index + 1) }));
}

/** Whether one of the tags that a word may mean is this one; both in lower case. */
export function meansTag({ tags }: SearchTerm, key: string, value: () => string): boolean {
  return tags.some((tag) => tag.key === key && (tag.value === '' || tag.value === value()));
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
    if (meansTag(term, key.toLowerCase(), () => value.toLowerCase())) return `tag ${key}=${value}`;
  }
  for (const [key, value] of Object.entries(row.tags)) {
    if (key.toLowerCase().includes(term.word) || value.toLowerCase().includes(term.word)) return `tag ${key}=${value}`;
  }
  return null;
}

function reasonFor(row: Searched, term: SearchTerm): string | null {
  if (term.tags.length > 0) {
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
