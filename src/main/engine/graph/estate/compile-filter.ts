import type { EstateFilter, ScopeNode } from '#shared/model/index.ts';
import { withDescendants } from './scopes.ts';
import { parseSearch, type SearchTerm } from './search-terms.ts';

type Parameters = Record<string, string | number | readonly string[]>;

/** A filter in the database's words, over a resource `r`. */
export interface CompiledFilter {
  /** The `MATCH` that binds the node. */
  readonly match: string;
  readonly conditions: readonly string[];
  readonly parameters: Readonly<Parameters>;
  readonly terms: readonly SearchTerm[];
}

/** A facet counts what its own choice would offer, so its own restriction is left out. */
export type FilterPart = 'kinds' | 'regions' | 'scopes' | 'tags';

/** The beginning of a query over the selection. */
export function matching({ match, conditions }: CompiledFilter): string {
  return conditions.length === 0 ? match : `${match} WHERE ${conditions.join(' AND ')}`;
}

interface Conditions {
  readonly parts: string[];
  readonly parameters: Parameters;
}

function parameter({ parameters }: Conditions, value: string | number | readonly string[]): string {
  const name = `p${Object.keys(parameters).length}`;
  parameters[name] = value;
  return `$${name}`;
}

function oneOf(conditions: Conditions, column: string, values: readonly string[]): void {
  if (values.length === 0) return;
  // Few values are faster as single comparisons than as a search in a list.
  const test =
    values.length <= 8
      ? values.map((value) => `${column} = ${parameter(conditions, value)}`).join(' OR ')
      : `${column} IN ${parameter(conditions, [...values])}`;
  conditions.parts.push(`(${test})`);
}

/**
 * Tags are a flat JSON object as text: `"key":"value"` after `{` or `,` is a tag and nothing else, because a quote
 * inside a key or value is escaped.
 */
function tagTest(conditions: Conditions, column: string, tag: { key: string; value: string | null }): string {
  const pair = `${JSON.stringify(tag.key)}:${tag.value === null ? '"' : JSON.stringify(tag.value)}`;
  const first = parameter(conditions, `{${pair}`);
  const later = parameter(conditions, `,${pair}`);
  return `(${column} CONTAINS ${first} OR ${column} CONTAINS ${later})`;
}

function termTest(conditions: Conditions, term: SearchTerm): string {
  const word = parameter(conditions, term.word);
  const inTags = parameter(conditions, JSON.stringify(term.word).slice(1, -1));
  const tests = [
    `lower(r.name) CONTAINS ${word}`,
    `lower(r.id) CONTAINS ${word}`,
    `lower(r.native_id) CONTAINS ${word}`,
    `r.kind CONTAINS ${word}`,
    `r.region = ${word}`,
  ];
  if (term.tag === null) tests.push(`lower(r.tags_json) CONTAINS ${inTags}`);
  else {
    const value = term.tag.value === '' ? null : term.tag.value;
    tests.push(tagTest(conditions, 'lower(r.tags_json)', { key: term.tag.key, value }));
  }
  if (/^[0-9a-f.:/]+$/.test(term.word)) tests.push(`r.ip CONTAINS ${word}`, `r.cidr CONTAINS ${word}`);
  if (term.range !== null) {
    const first = parameter(conditions, term.range.first);
    const last = parameter(conditions, term.range.last);
    tests.push(`(r.net_first <= ${first} AND r.net_last >= ${last})`);
    tests.push(`(r.net_first >= ${first} AND r.net_last <= ${last})`);
  }
  return `(${tests.join(' OR ')})`;
}

/** Compiles the one selection over tree, table and graph. Scopes stand for everything below them. */
export function compileFilter(
  filter: EstateFilter,
  scopes: readonly ScopeNode[],
  without: FilterPart | null = null,
): CompiledFilter {
  const conditions: Conditions = { parts: [], parameters: {} };
  const ids = [...new Set(filter.ids)];
  // The key's index is used for single values only: many ids are joined, which is one pass instead of one per id.
  const match =
    ids.length === 0
      ? 'MATCH (r:Resource)'
      : `UNWIND ${parameter(conditions, ids)} AS wanted MATCH (r:Resource {id: wanted})`;
  if (!filter.includeStubs) conditions.parts.push('NOT r.is_stub');
  oneOf(conditions, 'r.cloud', filter.clouds);
  oneOf(conditions, 'r.category', filter.categories);
  if (without !== 'scopes') oneOf(conditions, 'r.scope_id', withDescendants(filter.scopes, scopes));
  if (without !== 'regions') oneOf(conditions, 'r.region', filter.regions);
  if (without !== 'kinds') oneOf(conditions, 'r.kind', filter.kinds);
  if (without !== 'tags') {
    for (const tag of filter.tags) conditions.parts.push(tagTest(conditions, 'r.tags_json', tag));
  }
  if (filter.managed !== 'any') {
    const not = filter.managed === 'managed' ? '' : 'NOT ';
    conditions.parts.push(`${not}EXISTS { MATCH (r)-[:MANAGED_BY]->(:Environment) }`);
  }
  if (filter.changedSinceRun !== null) {
    conditions.parts.push(`r.changed_run > ${parameter(conditions, filter.changedSinceRun)}`);
  }
  const terms = parseSearch(filter.text);
  for (const term of terms) conditions.parts.push(termTest(conditions, term));
  return { match, conditions: conditions.parts, parameters: conditions.parameters, terms };
}
