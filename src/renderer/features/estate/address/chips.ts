import { countIds, type EstateFilter } from '#shared/model/index.ts';
import { textOfTag } from './address.ts';

/** Lets everything through. */
export const emptyFilter: EstateFilter = {
  text: '',
  clouds: [],
  scopes: [],
  regions: [],
  kinds: [],
  categories: [],
  tags: [],
  managed: 'any',
  states: [],
  seen: 'any',
  includeStubs: false,
  onlyStale: false,
  changedSinceRun: null,
  ids: [],
};

/** One restriction of the filter, and the filter without it. */
export interface FilterChip {
  readonly id: string;
  readonly label: string;
  readonly without: EstateFilter;
}

const managedWords: Readonly<Record<EstateFilter['managed'], string>> = {
  any: 'managed or not',
  managed: 'managed',
  unmanaged: 'not managed',
  gone: 'managed, but gone',
};

/** Every restriction but the text, which stands in the search field. `nameOf` turns a scope's id into its name. */
export function chipsOfFilter(filter: EstateFilter, nameOf: (scope: string) => string): readonly FilterChip[] {
  const chips: FilterChip[] = [];
  const add = (id: string, label: string, without: Partial<EstateFilter>) =>
    chips.push({ id, label, without: { ...filter, ...without } });
  for (const value of filter.clouds) add(`cloud ${value}`, `cloud ${value}`, { clouds: drop(filter.clouds, value) });
  for (const value of filter.scopes) {
    add(`scope ${value}`, `scope ${nameOf(value)}`, { scopes: drop(filter.scopes, value) });
  }
  for (const value of filter.regions)
    add(`region ${value}`, `region ${value}`, { regions: drop(filter.regions, value) });
  for (const value of filter.kinds) add(`kind ${value}`, `kind ${value}`, { kinds: drop(filter.kinds, value) });
  for (const value of filter.categories) {
    add(`category ${value}`, `category ${value}`, { categories: drop(filter.categories, value) });
  }
  for (const tag of filter.tags) {
    add(`tag ${textOfTag(tag)}`, `tag ${textOfTag(tag)}`, { tags: drop(filter.tags, tag) });
  }
  if (filter.managed !== 'any') add('managed', managedWords[filter.managed], { managed: 'any' });
  for (const value of filter.states) {
    add(`state ${value}`, `managed by ${value.replace(/^tf:\/\/(?:file\/)?/, '')}`, {
      states: drop(filter.states, value),
    });
  }
  if (filter.seen !== 'any') add('seen', filter.seen === 'stale' ? 'only stale' : 'not stale', { seen: 'any' });
  if (filter.includeStubs) add('stubs', 'also what was not discovered', { includeStubs: false });
  if (filter.onlyStale) add('stale', 'only stale', { onlyStale: false });
  if (filter.changedSinceRun !== null) {
    add('since', `changed since run ${filter.changedSinceRun}`, { changedSinceRun: null });
  }
  if (filter.ids.length > 0) {
    const count = countIds(filter.ids);
    add('ids', count === 1 ? '1 chosen resource' : `${count.toLocaleString('en')} chosen resources`, { ids: [] });
  }
  return chips;
}

/** True when the filter lets everything through. */
export function isUnfiltered(filter: EstateFilter): boolean {
  return filter.text === '' && chipsOfFilter(filter, String).length === 0;
}

function drop<Item>(items: readonly Item[], item: Item): Item[] {
  return items.filter((candidate) => candidate !== item);
}
