import { allRegions } from '#shared/model/index.ts';
import type { CellPlace } from '../../cell-task.ts';
import type { CellFailure, PlaceFound, StepPage } from '../../step.ts';
import { unknownForms } from '../../unknown-forms.ts';
import { UnreadableAssetError } from './assets/asset.ts';
import type { ContentType } from './calls/inventory-client.ts';
import type { InventoryCaller } from './calls/inventory-caller.ts';
import { GcpConverter, type GcpFacts } from './converter.ts';
import type { GcpDirectory } from './assets/directory.ts';
import { lineAbove } from './census.ts';

/** Rows kept before they are handed on: a page of the inventory spreads over many cells. */
const heldRows = 5000;
/** After so many rows a cell is closed as truncated: images and cluster objects run to millions. */
const mostRows = 100_000;

export interface ListingOptions {
  readonly caller: InventoryCaller;
  readonly directory: GcpDirectory;
  /** What is listed: `organizations/6001`, and its canonical scope id. */
  readonly parent: string;
  readonly root: string;
  readonly content: ContentType;
  /** Only these types; empty for all. */
  readonly assetTypes: readonly string[];
  readonly at: number | null;
  readonly places: readonly CellPlace[];
  /** Scopes for which other cells of the run speak, as for projects that were taken for gone. */
  readonly toldElsewhere: ReadonlySet<string>;
  readonly kinds: ReadonlySet<string>;
  readonly signal: AbortSignal;
  readonly mostRows?: number;
}

/**
 * One listing of the inventory, dealt out to the cells it answers for. What came before a failure is handed on; an
 * asset that cannot even be named belongs to no cell, so that afterwards none may count as complete: it is thrown at
 * the end, when everything else was read.
 */
export async function* listScope(options: ListingOptions): AsyncGenerator<StepPage | PlaceFound> {
  const { caller, parent, content, assetTypes, at, signal } = options;
  const converter = new GcpConverter(options.directory);
  const hands = new CellHands(options, converter);
  const later: unknown[] = [];
  let unreadable: UnreadableAssetError | null = null;
  const take = (asset: unknown): void => {
    try {
      for (const facts of converter.convert(asset)) hands.take(facts);
    } catch (error) {
      if (!(error instanceof UnreadableAssetError)) throw error;
      unreadable ??= error;
    }
  };
  try {
    for await (const { assets } of caller.pages({ parent, content, assetTypes, at }, signal)) {
      for (const asset of assets) {
        if (later.length < heldRows && converter.isOfUnknownProject(asset)) later.push(asset);
        else take(asset);
      }
      if (hands.rows >= heldRows) yield* hands.deal();
    }
  } catch (error) {
    for (const asset of later) take(asset);
    if (!signal.aborted) yield* hands.dealAll();
    throw error;
  }
  for (const asset of later) take(asset);
  yield* hands.dealAll();
  if (unreadable !== null) throw unreadable;
}

interface Hand {
  readonly kind: string;
  readonly place: CellPlace;
  readonly resources: GcpFacts['resources'][number][];
  readonly relationships: GcpFacts['relationships'][number][];
  readonly problems: string[];
}

/** Facts on their way to their cells. */
class CellHands {
  readonly #options: ListingOptions;
  readonly #converter: GcpConverter;
  readonly #places: Map<string, CellPlace>;
  readonly #regions: readonly string[];
  /** Places that came up since they were last told. */
  #found: CellPlace[] = [];
  readonly #ofRegions: boolean;
  readonly #hands = new Map<string, Hand>();
  readonly #counts = new Map<string, number>();
  /** Scopes that came after the census. */
  readonly #late: string[] = [];
  /** Scopes that get no cells of their own here: not beneath the one that is listed, or told by others. */
  readonly #elsewhere: Set<string>;
  rows = 0;

  constructor(options: ListingOptions, converter: GcpConverter) {
    this.#options = options;
    this.#converter = converter;
    this.#places = new Map(options.places.map((place) => [`${place.scope} ${place.region}`, place]));
    this.#elsewhere = new Set(options.toldElsewhere);
    this.#regions = [...new Set(options.places.map(({ region }) => region))];
    this.#ofRegions = options.places.every(({ region }) => region !== allRegions);
  }

  take(facts: GcpFacts): void {
    const place = this.#placeOf(facts);
    if (place === null || !this.#options.kinds.has(facts.kind)) return;
    const key = `${place.scope} ${place.region} ${facts.kind}`;
    const hand = this.#hands.get(key) ?? { kind: facts.kind, place, resources: [], relationships: [], problems: [] };
    this.#hands.set(key, hand);
    hand.problems.push(...facts.problems);
    const count = (this.#counts.get(key) ?? 0) + facts.resources.length;
    this.#counts.set(key, count);
    const most = this.#options.mostRows ?? mostRows;
    if (count > most) return;
    hand.resources.push(...facts.resources);
    hand.relationships.push(...facts.relationships);
    this.rows += facts.resources.length + facts.relationships.length;
  }

  /**
   * Facts of other regions than the wanted ones have no place. A project that came after the census has places of its
   * own from here on; what hangs nowhere that is known is put to the root.
   */
  #placeOf({ scopeId, region }: GcpFacts): CellPlace | null {
    const where = this.#ofRegions ? region : allRegions;
    const known = this.#places.get(`${scopeId} ${where}`);
    if (known !== undefined || !this.#regions.includes(where)) return known ?? null;
    if (!this.#isBeneath(scopeId)) return this.#places.get(`${this.#options.root} ${where}`) ?? null;
    for (const each of this.#regions) {
      const place = { scope: scopeId, scopeName: scopeId.slice(scopeId.lastIndexOf(':') + 1), region: each };
      this.#places.set(`${scopeId} ${each}`, place);
      this.#found.push(place);
    }
    return this.#places.get(`${scopeId} ${where}`) ?? null;
  }

  /** True for a scope below the one that is listed, as far as the assets themselves tell. */
  #isBeneath(scopeId: string): boolean {
    if (this.#elsewhere.has(scopeId)) return false;
    const tree = new Map(this.#converter.scopes().map((scope) => [scope.id, scope]));
    // A project that stays a number will have its id in the next run: cells by number would be left behind.
    const isNumber = /^gcp:project:\d+$/.test(scopeId);
    const beneath =
      !isNumber && scopeId !== this.#options.root && lineAbove(scopeId, tree).includes(this.#options.root);
    if (!beneath) this.#elsewhere.add(scopeId);
    return beneath;
  }

  /** What is held, with what only the whole listing tells. */
  *dealAll(): Generator<StepPage | PlaceFound> {
    for (const facts of this.#converter.join()) this.take(facts);
    yield* this.deal();
  }

  *deal(): Generator<StepPage | PlaceFound> {
    for (const found of this.#found) yield { found };
    this.#late.push(...this.#found.map(({ scope }) => scope));
    this.#found = [];
    for (const [key, { kind, place, resources, relationships, problems }] of this.#hands) {
      const gap = this.#gapOf(key, { kind, place, problems });
      const scopes = this.#newScopes(place, resources);
      yield {
        kind,
        place,
        resources,
        relationships,
        ...(gap === null ? {} : { gap }),
        ...(scopes.length > 0 ? { scopes } : {}),
      };
    }
    this.#hands.clear();
    this.rows = 0;
  }

  #gapOf(key: string, { kind, place, problems }: Pick<Hand, 'kind' | 'place' | 'problems'>): CellFailure | null {
    const what = `${kind} in ${place.scopeName}, ${place.region}`;
    const most = this.#options.mostRows ?? mostRows;
    if ((this.#counts.get(key) ?? 0) > most) {
      const message = `${what}: only the first ${most} rows were kept.`;
      return { status: 'truncated', message, permission: null, unreachable: false };
    }
    return unknownForms(what, problems);
  }

  /** Scopes of facts that nobody knew before: what came after the census, and what was put to the root. */
  #newScopes(place: CellPlace, resources: Hand['resources']): NonNullable<StepPage['scopes']> {
    const late = new Set(this.#late);
    const unknown = new Set(resources.map(({ scopeId }) => scopeId).filter((id) => id !== place.scope || late.has(id)));
    return unknown.size === 0 ? [] : this.#converter.scopes().filter(({ id }) => unknown.has(id));
  }
}
