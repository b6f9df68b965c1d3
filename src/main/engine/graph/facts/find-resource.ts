import { join } from 'node:path';
import { allRegions, type CoverageCell } from '#shared/model/index.ts';
import type { FactPlace, FoundFact } from '#engine/ports/index.ts';
import { createChainWalk } from './chain-walk.ts';
import { chainsOf, isAddition, type CellChain, type CellRecord } from './chains.ts';
import type { FactIndex } from './fact-index.ts';
import { inOrder } from '#shared/base/in-order.ts';
import { lineStart, parseBody, parseHead, type HeadLine } from './lines.ts';
import { createOwnership, type OwnsScope } from './ownership.ts';
import { createPartReader, type PageParts, type Part, type PartReader } from './parts.ts';

/**
 * Finding one resource: unpack the pages of the cells in question and look for the line that begins with its id,
 * without parsing the others. Measured on 100,000 resources in cells of up to 5,000 on two cores: a few milliseconds
 * when the place is known, a third of a second over all cells; so there is no index to keep true.
 */
function findLines(text: string, start: string): readonly string[] {
  const lines: string[] = [];
  for (let begin = text.startsWith(start) ? 0 : after(text, start, 0); begin >= 0;) {
    const end = text.indexOf('\n', begin);
    lines.push(text.slice(begin, end < 0 ? undefined : end));
    begin = end < 0 ? -1 : after(text, start, end);
  }
  return lines;
}

/** Where the next line that begins like this begins, from the line break at or after `from` on; -1 for nowhere. */
function after(text: string, start: string, from: number): number {
  const at = text.indexOf(`\n${start}`, from);
  return at < 0 ? -1 : at + 1;
}

/** One search: what is looked for, how its lines begin, and the files read for it. */
interface Search {
  readonly resourceId: string;
  readonly start: string;
  readonly parts: PartReader;
  readonly owns: OwnsScope;
  /** Records of which a part could not be read: what they do not show may still be there. */
  readonly damaged: Set<CellRecord>;
}

function searchFor(resourceId: string, { scopes }: FactIndex): Search {
  const owns = createOwnership(scopes);
  return { resourceId, start: lineStart(resourceId), parts: createPartReader(), owns, damaged: new Set() };
}

interface Sighting {
  readonly record: CellRecord;
  readonly page: PageParts;
  readonly head: HeadLine;
}

/** What a part tells of the resource, the newest line first. */
async function searchPart(search: Search, record: CellRecord, part: Part | undefined): Promise<readonly string[]> {
  const { file } = record.sealed;
  if (part === undefined || file === null) return [];
  try {
    return findLines(await search.parts.read(join(record.directory, file), part), search.start).toReversed();
  } catch {
    // A damaged part is named when the view is built; here the resource is looked for in older runs.
    search.damaged.add(record);
    return [];
  }
}

async function sightingIn(search: Search, record: CellRecord): Promise<Sighting | null> {
  // Later pages first: of a resource listed twice the later line is the newer one.
  let part: Sighting | null = null;
  for (const page of [...record.sealed.pages].reverse()) {
    for (const line of await searchPart(search, record, page.heads)) {
      const head = parseHead(line);
      if (head.sparse !== true) return { record, page, head };
      part ??= { record, page, head };
    }
  }
  return part;
}

/** The newest sighting that still counts in one chain; one that tells only a part when no other does. */
async function newestIn(search: Search, chain: CellChain): Promise<Sighting | null> {
  const walk = createChainWalk();
  let part: Sighting | null = null;
  for (const record of chain) {
    if (!walk.mayTell(record)) continue;
    const sighting = await sightingIn(search, record);
    if (sighting !== null && walk.tells(record, sighting.head.region)) {
      if (sighting.head.sparse !== true) return sighting;
      part ??= sighting;
    }
    walk.pass(record, record.sealed.cell.status === 'complete' && !search.damaged.has(record));
  }
  return part;
}

function isBetter({ owns }: Search, candidate: Sighting, known: Sighting): boolean {
  const full = candidate.head.sparse !== true;
  if (full !== (known.head.sparse !== true)) return full;
  if (candidate.record.age !== known.record.age) return candidate.record.age > known.record.age;
  return owns(candidate.record.sealed.cell.scope, candidate.head.scopeId);
}

async function newestOf(search: Search, chains: readonly CellChain[]): Promise<Sighting | null> {
  let best: Sighting | null = null;
  for await (const sighting of inOrder(chains, 6, (chain) => newestIn(search, chain))) {
    if (sighting !== null && (best === null || isBetter(search, sighting, best))) best = sighting;
  }
  return best;
}

async function findNewest(search: Search, index: FactIndex, place?: FactPlace): Promise<Sighting | null> {
  if (place !== undefined) {
    const found = await newestOf(search, chainsOf(index.chains, place));
    if (found !== null) return found;
  }
  return newestOf(search, [...index.chains.values()].flat());
}

/** The newest body of a resource with its head; null when no run that still counts saw it. */
export async function findFact(index: FactIndex, resourceId: string, place?: FactPlace): Promise<FoundFact | null> {
  const search = searchFor(resourceId, index);
  const sighting = await findNewest(search, index, place);
  if (sighting === null) return null;
  const { firstRun: _first, changedRun: _changed, contentHash: _content, driftHash: _drift, ...rest } = sighting.head;
  const { references: _references, ...head } = rest;
  const bodies = (await searchPart(search, sighting.record, sighting.page.bodies)).map(parseBody);
  const body = bodies.find(({ sparse }) => sparse === head.sparse) ?? bodies[0];
  return { ...head, raw: body?.raw ?? null };
}

/** The newest listing that looked where a resource lies after it was last seen; null when there is none. */
export async function findLookedSince(
  index: FactIndex,
  resourceId: string,
  place?: FactPlace,
): Promise<CoverageCell | null> {
  const sighting = await findNewest(searchFor(resourceId, index), index, place);
  if (sighting === null) return null;
  const { record, head } = sighting;
  const seenIn = record.sealed.cell;
  const region = seenIn.region === allRegions ? head.region : seenIn.region;
  const chain = chainsOf(index.chains, seenIn).find((one) => one.includes(record)) ?? [];
  const newer = chain.find(
    (other) => other.age > record.age && !isAddition(other) && [region, allRegions].includes(other.sealed.cell.region),
  );
  return newer?.sealed.cell ?? null;
}

/** The runs in which the lasting part of a resource's body changed, newest first. */
export async function findHistory(
  index: FactIndex,
  resourceId: string,
  place?: FactPlace,
): Promise<readonly { run: number; at: number; contentHash: string }[]> {
  const search = searchFor(resourceId, index);
  const newest = await findNewest(search, index, place);
  if (newest === null) return [];
  const chains = chainsOf(index.chains, newest.record.sealed.cell);
  const records = chains.find((chain) => chain.includes(newest.record)) ?? [];
  const startedAt = new Map(index.runs.map((run) => [run.id, run.startedAt]));
  const history: { run: number; at: number; contentHash: string }[] = [];
  let driftHash: string | null = null;
  for (const record of [...records].reverse()) {
    const sighting = await sightingIn(search, record);
    if (sighting === null || sighting.head.driftHash === driftHash) continue;
    // A part of a body differs from the whole without anything having changed.
    if (sighting.head.sparse !== newest.head.sparse) continue;
    driftHash = sighting.head.driftHash;
    const at = record.sealed.cell.capturedAt ?? startedAt.get(record.run) ?? 0;
    history.push({ run: record.run, at, contentHash: sighting.head.contentHash });
  }
  return history.reverse();
}
