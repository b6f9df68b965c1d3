import { join } from 'node:path';
import type { Json } from '#shared/base/json.ts';
import { allRegions, type RelationshipFact } from '#shared/model/index.ts';
import type { FactDamage, GraphRelationship, GraphResourceHead, ResourceHead } from '#engine/ports/index.ts';
import { createChainWalk } from './chain-walk.ts';
import { isWide, type CellChain, type CellRecord } from './chains.ts';
import {
  idOfLine,
  parseBody,
  parseHead,
  parseRelationship,
  type BodyLine,
  type HeadLine,
  type LineKind,
} from './lines.ts';
import type { Part, PartReader } from './parts.ts';

/** How lines of one kind are read. */
export interface LineReading<Line> {
  readonly kind: LineKind;
  readonly parse: (text: string) => Line;
  readonly parts: PartReader;
}

export interface RecordLines<Line> {
  readonly lines: readonly Line[];
  readonly damage: readonly FactDamage[];
}

/** Reads the lines of one page, a part of the file at `path`. What cannot be read is named; the rest is read. */
export async function readPart<Line>(
  path: string,
  part: Part,
  { parse, parts }: LineReading<Line>,
): Promise<RecordLines<Line>> {
  const lines: Line[] = [];
  const damage: FactDamage[] = [];
  let text: string;
  try {
    text = await parts.read(path, part);
  } catch (error) {
    const why = `${part.lines} lines from here on cannot be unpacked: ${String(error)}`;
    return { lines, damage: [{ file: path, line: part.line, why }] };
  }
  let line = part.line;
  for (const lineText of text.split('\n')) {
    if (lineText === '') continue;
    try {
      lines.push(parse(lineText));
    } catch (error) {
      damage.push({ file: path, line, why: String(error) });
    }
    line += 1;
  }
  return { lines, damage };
}

/** The pages of one kind of a cell in one run, in the order they were written, and the file they lie in. */
export function pagesOf(
  { directory, sealed: { file, pages } }: CellRecord,
  kind: LineKind,
): { readonly path: string; readonly pages: readonly Part[] } {
  if (file === null) return { path: '', pages: [] };
  return { path: join(directory, file), pages: pages.flatMap((page) => page[kind] ?? []) };
}

/** Reads all lines of one kind of a cell in one run. */
async function readRecord<Line>(record: CellRecord, reading: LineReading<Line>): Promise<RecordLines<Line>> {
  const lines: Line[] = [];
  const damage: FactDamage[] = [];
  const { path, pages } = pagesOf(record, reading.kind);
  for (const page of pages) {
    const read = await readPart(path, page, reading);
    for (const line of read.lines) lines.push(line);
    damage.push(...read.damage);
  }
  return { lines, damage };
}

/** A resource of a cell, with the run's record its body lies in. */
export interface CellResource extends GraphResourceHead {
  readonly record: CellRecord;
}

/** Facts of a chain, or of a part of it. */
export interface ChainFacts<Fact> {
  readonly facts: readonly Fact[];
  readonly damage: readonly FactDamage[];
}

/**
 * True when nothing older may be carried forward past this record: its run listed the whole cell, and all that it
 * wrote can still be read. A damaged cell must not make resources disappear.
 */
function isFinal(record: CellRecord, damage: readonly FactDamage[]): boolean {
  return record.sealed.cell.status === 'complete' && damage.length === 0;
}

/** True when all that a record tells of resources and relationships can still be unpacked. */
export async function isReadable(
  { directory, sealed: { file, pages } }: CellRecord,
  parts: PartReader,
): Promise<boolean> {
  if (file === null) return true;
  const members = pages
    .flatMap(({ heads, relationships }) => [heads, relationships])
    .filter((part) => part !== undefined);
  try {
    for (const part of members) await parts.read(join(directory, file), part);
    return true;
  } catch {
    // What exactly is damaged is named when the view is built.
    return false;
  }
}

/** What a line tells of the resource itself. Named one by one: leaving out the others takes twenty times as long. */
function headOf(line: HeadLine): ResourceHead {
  const fact: ResourceHead = {
    id: line.id,
    cloud: line.cloud,
    kind: line.kind,
    category: line.category,
    name: line.name,
    nativeId: line.nativeId,
    scopeId: line.scopeId,
    region: line.region,
    zone: line.zone,
    state: line.state,
    createdAt: line.createdAt,
    public: line.public,
    cidr: line.cidr,
    ip: line.ip,
    tags: line.tags,
  };
  return line.sparse === undefined ? fact : { ...fact, sparse: line.sparse };
}

/** The resource that a line tells. */
export function toResource(line: HeadLine, record: CellRecord, stale: boolean): CellResource {
  const { firstRun, changedRun, driftHash, references = [], carried = false } = line;
  return {
    fact: headOf(line),
    isStub: false,
    firstRun,
    changedRun,
    lastRun: record.run,
    stale: stale || carried,
    driftHash,
    references,
    record,
  };
}

/** True for a line that tells more than what is known: any where nothing is, a full one where a part is. */
function isBetterTold(line: Pick<ResourceHead, 'sparse'>, known: ResourceHead | undefined): boolean {
  return known === undefined || (known.sparse === true && line.sparse !== true);
}

/** Of a resource listed twice in one run (pages moved while listing) the later line is the newer one. */
function newestLines(lines: readonly HeadLine[]): Iterable<HeadLine> {
  const newest = new Map<string, HeadLine>();
  for (const line of lines) {
    const known = newest.get(line.id);
    if (line.sparse !== true || known === undefined || known.sparse === true) newest.set(line.id, line);
  }
  return newest.values();
}

/**
 * The resources of one chain over all runs: newest facts first, back to where complete listings close it. What only
 * an older listing saw is stale; what a newer source tells only in part is told by the older full body.
 */
export async function readChainResources(chain: CellChain, parts: PartReader): Promise<ChainFacts<CellResource>> {
  const facts: CellResource[] = [];
  /** Where the fact of an id stands; asked only where a second record is read, which few cells need. */
  let places: Map<string, number> | null = null;
  const damage: FactDamage[] = [];
  const walk = createChainWalk();
  for (const record of chain) {
    if (!walk.mayTell(record)) continue;
    if (facts.length > 0) places ??= new Map(facts.map(({ fact }, place) => [fact.id, place]));
    const { region } = record.sealed.cell;
    const everywhere = region === allRegions;
    const stale = walk.isStale(record, region);
    const read = await readRecord(record, { kind: 'heads', parse: parseHead, parts });
    damage.push(...read.damage);
    for (const line of newestLines(read.lines)) {
      const place = places?.get(line.id) ?? facts.length;
      if (!isBetterTold(line, facts[place]?.fact) || (everywhere && !walk.tells(record, line.region))) continue;
      facts[place] = toResource(line, record, everywhere ? walk.isStale(record, line.region) : stale);
      places?.set(line.id, place);
    }
    walk.pass(record, isFinal(record, read.damage));
  }
  return { facts, damage };
}

/** The relationships the records of one chain saw, over all runs, by the same rule. */
export async function readChainRelationships(
  chain: CellChain,
  parts: PartReader,
): Promise<ChainFacts<GraphRelationship>> {
  const facts: GraphRelationship[] = [];
  const damage: FactDamage[] = [];
  const walk = createChainWalk();
  const adds = isWide(chain);
  let seen: Set<string> | null = null;
  let closedSome = false;
  for (const record of chain) {
    if (!walk.mayTell(record)) continue;
    const read = await readRecord(record, { kind: 'relationships', parse: parseRelationship, parts });
    damage.push(...read.damage);
    const final = isFinal(record, read.damage);
    const { region: listed } = record.sealed.cell;
    const regions = listed === allRegions && closedSome ? await readRegions(record, parts) : null;
    // Keys are needed only where two runs add up; most cells end at their newest run.
    if ((!final || adds) && record !== chain.at(-1)) seen ??= new Set();
    for (const fact of read.lines) {
      const region = regions?.get(fact.from) ?? regions?.get(fact.to);
      if (region !== undefined && !walk.tells(record, region)) continue;
      if (seen !== null) {
        const key = relationshipKey(fact);
        if (seen.has(key)) continue;
        seen.add(key);
      }
      facts.push({ fact, run: record.run });
    }
    walk.pass(record, final);
    closedSome ||= final;
  }
  return { facts, damage };
}

/** Where the resources of a record lie, by id: tells whose a relationship is. What cannot be read is not in it. */
async function readRegions(record: CellRecord, parts: PartReader): Promise<ReadonlyMap<string, string>> {
  const { lines } = await readRecord(record, { kind: 'heads', parse: parseHead, parts });
  return new Map(lines.map(({ id, region }) => [id, region]));
}

/** Two facts with this key in common say the same; where it was read does not make another edge. */
function relationshipKey(fact: RelationshipFact): string {
  return `${fact.type}\n${fact.from}\n${fact.to}\n${JSON.stringify(fact.properties)}`;
}

/** Some ids. */
export interface Ids {
  has(id: string): boolean;
}

/**
 * Bodies of one cell in one run, by id, all or those that are wanted: of a resource told twice the one of the head that
 * counts. No others are parsed, as a cell may hold a whole company.
 */
export async function readBodies(
  record: CellRecord,
  parts: PartReader,
  wanted: Ids | null = null,
): Promise<{
  readonly bodies: ReadonlyMap<string, Json>;
  readonly damage: readonly FactDamage[];
}> {
  /** Null for a line that tells of another resource. */
  function parse(text: string): BodyLine | null {
    const id = wanted === null ? null : idOfLine(text);
    return id === null || wanted?.has(id) === true ? parseBody(text) : null;
  }
  const read = await readRecord(record, { kind: 'bodies', parse, parts });
  const bodies = new Map<string, Json>();
  const full = new Set<string>();
  for (const line of read.lines) {
    if (line === null) continue;
    const { id, raw, sparse = false } = line;
    if (sparse && full.has(id)) continue;
    bodies.set(id, raw);
    if (!sparse) full.add(id);
  }
  return { bodies, damage: read.damage };
}
