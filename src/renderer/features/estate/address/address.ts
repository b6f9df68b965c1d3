import { z } from 'zod';
import { categorySchema, cloudSchema, managedFilterSchema, type EstateFilter } from '#shared/model/index.ts';
import { questions, type Question } from '../questions/questions.ts';

export const tabs = ['resources', 'coverage', 'runs', 'query'] as const;
export type Tab = (typeof tabs)[number];

const views = ['table', 'graph', 'list'] as const;
export type View = (typeof views)[number];

/** Everything about the Estate that stands in the address: it survives a reload and can be sent to somebody. */
export interface EstateAddress {
  readonly filter: EstateFilter;
  readonly tab: Tab;
  readonly view: View;
  /** The resource in the inspector. */
  readonly selected: string | null;
  /** The question in the inspector; null while the facts are shown. */
  readonly ask: Question | null;
  /** What is asked about when it is not the resource in the inspector. */
  readonly of: 'selection' | 'estate' | null;
  /** The other end of the path asked for. */
  readonly to: string | null;
  /** The run shown under Runs. */
  readonly run: number | null;
  /** The two runs compared under Runs; null when none are. */
  readonly compare: { readonly from: number; readonly to: number } | null;
  /** The run after whose end the estate is shown; null for now. */
  readonly asOf: number | null;
  /** The graph is drawn around this resource instead of over the filter. */
  readonly around: string | null;
  readonly hops: number;
  /** Groups of the graph shown in full. */
  readonly expanded: readonly string[];
  readonly dialog: 'map' | null;
  readonly hint: 'sample' | null;
}

/** One value or several; a single value may stand without brackets in a hand-written address. */
const texts = z
  .preprocess((value) => (Array.isArray(value) || value === undefined ? value : [value]), z.array(z.coerce.string()))
  .catch([])
  .default([]);

const searchSchema = z.object({
  text: z.coerce.string().catch('').default(''),
  cloud: texts,
  scope: texts,
  region: texts,
  kind: texts,
  category: texts,
  tag: texts,
  managed: managedFilterSchema.catch('any').default('any'),
  state: texts,
  seen: z.enum(['any', 'fresh', 'stale']).catch('any').default('any'),
  stubs: z.boolean().catch(false).default(false),
  stale: z.boolean().catch(false).default(false),
  since: z.number().int().nullable().catch(null).default(null),
  id: texts,
  tab: z.enum(tabs).catch('resources').default('resources'),
  view: z.enum(views).catch('table').default('table'),
  selected: z.string().nullable().catch(null).default(null),
  ask: z.enum(questions).nullable().catch(null).default(null),
  of: z.enum(['selection', 'estate']).nullable().catch(null).default(null),
  towards: z.string().nullable().catch(null).default(null),
  run: z.number().int().nullable().catch(null).default(null),
  from: z.number().int().nullable().catch(null).default(null),
  to: z.number().int().nullable().catch(null).default(null),
  past: z.number().int().nullable().catch(null).default(null),
  around: z.string().nullable().catch(null).default(null),
  hops: z.number().int().min(1).max(3).catch(1).default(1),
  open: texts,
  dialog: z.enum(['map']).nullable().catch(null).default(null),
  hint: z.enum(['sample']).nullable().catch(null).default(null),
});

/** Reads the address's search parameters; what makes no sense is left out, so that an old link still opens. */
export function addressOfSearch(search: Readonly<Record<string, unknown>>): EstateAddress {
  const read = searchSchema.parse(search);
  return {
    filter: {
      text: read.text,
      clouds: read.cloud.flatMap((value) => cloudSchema.safeParse(value).data ?? []),
      scopes: read.scope,
      regions: read.region,
      kinds: read.kind,
      categories: read.category.flatMap((value) => categorySchema.safeParse(value).data ?? []),
      tags: read.tag.map(tagOfText),
      managed: read.managed,
      states: read.state,
      seen: read.seen,
      includeStubs: read.stubs,
      onlyStale: read.stale,
      changedSinceRun: read.since,
      ids: read.id,
    },
    tab: read.tab,
    view: read.view,
    selected: read.selected,
    ask: read.ask,
    of: read.of,
    to: read.towards,
    run: read.run,
    compare: read.from === null || read.to === null ? null : { from: read.from, to: read.to },
    asOf: read.past,
    around: read.around,
    hops: read.hops,
    expanded: read.open,
    dialog: read.dialog,
    hint: read.hint,
  };
}

/** Shows a resource: under the question that was asked about another one, else with its facts. */
export function showing(address: EstateAddress, id: string): Partial<EstateAddress> {
  return address.of === null ? { selected: id } : { selected: id, of: null, ask: null };
}

/** The address as search parameters, defaults left out. The inverse of `addressOfSearch`. */
export function searchOfAddress(address: EstateAddress): Record<string, unknown> {
  const { filter } = address;
  const all: Record<string, unknown> = {
    text: filter.text,
    cloud: filter.clouds,
    scope: filter.scopes,
    region: filter.regions,
    kind: filter.kinds,
    category: filter.categories,
    tag: filter.tags.map(textOfTag),
    managed: filter.managed === 'any' ? null : filter.managed,
    state: filter.states,
    seen: filter.seen === 'any' ? null : filter.seen,
    stubs: filter.includeStubs ? true : null,
    stale: filter.onlyStale ? true : null,
    since: filter.changedSinceRun,
    id: filter.ids,
    tab: address.tab === 'resources' ? null : address.tab,
    view: address.view === 'table' ? null : address.view,
    selected: address.selected,
    ask: address.ask,
    of: address.of,
    towards: address.to,
    run: address.run,
    from: address.compare?.from ?? null,
    to: address.compare?.to ?? null,
    past: address.asOf,
    around: address.around,
    hops: address.hops === 1 ? null : address.hops,
    open: address.expanded,
    dialog: address.dialog,
    hint: address.hint,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => !isDefault(value)));
}

function isDefault(value: unknown): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

/** `key=value`, or `key` alone for any value. A key may not hold an equals sign in this form. */
export function tagOfText(text: string): EstateFilter['tags'][number] {
  const split = text.indexOf('=');
  const key = (split < 0 ? text : text.slice(0, split)).replaceAll('%3D', '=').replaceAll('%25', '%');
  return { key, value: split < 0 ? null : text.slice(split + 1) };
}

export function textOfTag(tag: EstateFilter['tags'][number]): string {
  // A key may hold the sign that ends it here.
  const key = tag.key.replaceAll('%', '%25').replaceAll('=', '%3D');
  return tag.value === null ? key : `${key}=${tag.value}`;
}
