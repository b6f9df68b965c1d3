import { inOrder } from '#shared/base/in-order.ts';
import type { RelationshipFact, ResourceFact, Run, ScopeFact } from '#shared/model/index.ts';
import type { CellKey, FactStore } from '#engine/ports/index.ts';
import { fillRegion } from './fill.ts';
import { createRandom } from './random.ts';
import type { Region } from './region.ts';

export interface EstateSize {
  readonly resources: number;
  /** Default three for each resource. */
  readonly relationships?: number;
  readonly seed?: number;
  /** How many cells are written at the same time, as discovery does it; default one after the other. */
  readonly cellsAtOnce?: number;
}

const regionNames = ['us-east-1', 'us-west-2', 'eu-west-1', 'ap-southeast-2'];
const pageSize = 1000;

/** One cell of the generated estate with all its facts. */
interface GeneratedCell {
  readonly key: CellKey;
  readonly resources: readonly ResourceFact[];
  readonly relationships: readonly RelationshipFact[];
}

export interface GeneratedEstate {
  readonly scopes: readonly ScopeFact[];
  /** Made one account's region after the other, so that a million resources need no room at once. */
  cells(): Iterable<GeneratedCell>;
}

function accountId(index: number): string {
  return String(210_000_000_000 + index * 7919);
}

function share(total: number, parts: number, index: number): number {
  return Math.floor(((index + 1) * total) / parts) - Math.floor((index * total) / parts);
}

function cellsOf(region: Region): readonly GeneratedCell[] {
  const cells = new Map<string, { key: CellKey; resources: ResourceFact[]; relationships: RelationshipFact[] }>();
  const kindOf = new Map<string, ResourceFact>();
  function cellOf(fact: ResourceFact): { resources: ResourceFact[]; relationships: RelationshipFact[] } {
    const id = `${fact.region} ${fact.kind}`;
    const known = cells.get(id);
    if (known !== undefined) return known;
    // A global kind is listed once per account; each region of it stands for one listing here.
    const key = {
      scope: fact.scopeId,
      region: fact.region === 'global' ? region.region : fact.region,
      kind: fact.kind,
    };
    const made = { key, resources: [], relationships: [] };
    cells.set(id, made);
    return made;
  }
  for (const fact of region.resources) {
    kindOf.set(fact.id, fact);
    cellOf(fact).resources.push(fact);
  }
  for (const fact of region.relationships) {
    const from = kindOf.get(fact.from) ?? region.resources[0];
    if (from !== undefined) cellOf(from).relationships.push(fact);
  }
  return [...cells.values()];
}

/**
 * An estate of any size, the same for the same seed: accounts of about 2,000 resources over four regions, with the
 * hubs real estates have. Written for benchmarks and for tests that need more than a handful of resources.
 */
export function generateEstate({ resources, relationships = resources * 3, seed = 1 }: EstateSize): GeneratedEstate {
  const accounts = Math.max(1, Math.min(50, Math.round(resources / 2000)));
  const places = accounts * regionNames.length;
  const organization: ScopeFact = {
    id: 'aws:organization:o-generated',
    cloud: 'aws',
    kind: 'organization',
    name: 'Generated company',
    nativeId: 'o-generated',
    parentId: null,
  };
  const scopes = Array.from({ length: accounts }, (_, index): ScopeFact => {
    const nativeId = accountId(index);
    const name = `team-${index + 1}`;
    return { id: `aws:account:${nativeId}`, cloud: 'aws', kind: 'account', name, nativeId, parentId: organization.id };
  });
  return {
    scopes: [organization, ...scopes],
    *cells() {
      let firstSerial = 1;
      for (let place = 0; place < places; place += 1) {
        const account = accountId(Math.floor(place / regionNames.length));
        const name = regionNames[place % regionNames.length] ?? 'us-east-1';
        const region: Region = { account, region: name, resources: [], relationships: [] };
        const count = share(resources, places, place);
        fillRegion(region, {
          random: createRandom(seed * 1_000_003 + place),
          resources: count,
          relationships: share(relationships, places, place),
          firstSerial,
          block: place,
        });
        firstSerial += count + 10;
        yield* cellsOf(region);
      }
    },
  };
}

/** What became of a resource by the time of a run; null when it is not there. `serial` counts through the estate. */
export type Fate = (fact: ResourceFact, serial: number) => ResourceFact | null;

/** Writes a generated estate as one complete run. */
export async function writeGeneratedEstate(
  store: FactStore,
  size: EstateSize,
  fate: Fate = (fact) => fact,
): Promise<Run> {
  const estate = generateEstate(size);
  const writer = await store.startRun({ source: 'import', clouds: ['aws'] });
  await writer.scopes(estate.scopes);
  let serial = 0;
  async function writeCell({ key, resources: all, relationships }: GeneratedCell): Promise<void> {
    const resources = all.flatMap((fact) => fate(fact, (serial += 1)) ?? []);
    let pages = 0;
    for (let start = 0; start === 0 || start < Math.max(resources.length, relationships.length); start += pageSize) {
      await writer.page(key, {
        resources: resources.slice(start, start + pageSize),
        relationships: relationships.slice(start, start + pageSize),
      });
      pages += 1;
    }
    await writer.finishCell({
      ...key,
      status: 'complete',
      pages,
      rows: resources.length,
      error: null,
      permission: null,
    });
  }
  for await (const _written of inOrder(estate.cells(), size.cellsAtOnce ?? 1, writeCell));
  return writer.finish({ status: 'complete', error: null });
}
