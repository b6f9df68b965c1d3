import type { JsonObject } from '#shared/base/json.ts';
import { setImmediate } from 'node:timers/promises';
import type {
  GraphBuildReport,
  GraphInput,
  GraphRelationship,
  GraphResourceHead,
  GraphShape,
} from '#engine/ports/index.ts';
import { createPairSet, createShapeBuilder, pairNumber, type PairSet, type ShapeBuilder } from '../shape/index.ts';
import { resourceTable, tableDefinitions } from '../schema/tables.ts';
import type { CsvValue } from './csv.ts';
import type { GraphConnection } from './database.ts';
import { createProjectNumbers, oneNameEach, type ProjectNumbers } from '../schema/project-numbers.ts';
import { isClaimOfState } from '../schema/state-claims.ts';
import { createKnownEnds, createKnownScopes, type KnownEnds, type KnownScopes } from './known-ends.ts';
import { createAddressTargets, type AddressTargets } from './load-address-targets.ts';
import { addOverlay, nativeIdsOf } from './load-overlay.ts';
import { bodySource, createBodyReferences, type BodyReferences } from './load-references.ts';
import { createRowFiles, type RowFiles } from './row-files.ts';
import { addressRow, coverageRow, resourceRow, runRow, scopeRow } from './rows.ts';

/**
 * Relationships of a table per COPY: the database loads one part while the next is made. Few parts, because with each
 * COPY it works through what it has of that table again: 960,000 relationships in parts of 60,000 took one of its
 * threads four times as long as in one part for each table.
 */
const relationshipsPerCopy = 500_000;
/** So many are worth a COPY when the database would have nothing to do otherwise. */
const relationshipsOfIdleCopy = 40_000;
const resourcesPerCopy = 250_000;
const resourcesOfIdleCopy = 50_000;

/**
 * Resources are copied when the database has nothing else to do and they are worth it: each part costs it something of
 * its own. 100,000 resources in seven parts took a tenth more processor time than in two.
 */
function areWorthCopying(waiting: number, files: RowFiles): boolean {
  return waiting >= (files.idle ? resourcesOfIdleCopy : resourcesPerCopy);
}

const resources = { table: resourceTable.name };
const inScope = { table: 'IN_SCOPE', from: 'Resource', to: 'Scope' };
const inRegion = { table: 'IN_REGION', from: 'Resource', to: 'Region' };
/** Where the listed resources are, from what the database has of them: half the work of rows that say it again. */
const placesFromResources = [
  `COPY IN_SCOPE FROM (MATCH (r:Resource) WHERE r.scope_id <> '' RETURN r.id, r.scope_id)`,
  `COPY IN_REGION FROM (MATCH (r:Resource) RETURN r.id, concat(r.cloud, ':', coalesce(r.region, '')))`,
];

export interface LoadOptions {
  readonly connection: GraphConnection;
  readonly input: GraphInput;
  /** An empty folder for the rows on their way. */
  readonly directory: string;
  readonly signal: AbortSignal;
  /** Told the shape while the database still copies; waited for. */
  readonly keepShape: (shape: GraphShape) => Promise<void>;
}

export interface LoadedGraph {
  readonly counts: Omit<GraphBuildReport, 'milliseconds'>;
  readonly shape: GraphShape;
}

interface Load {
  readonly files: RowFiles;
  readonly shape: ShapeBuilder;
  readonly ends: KnownEnds;
  readonly references: BodyReferences;
  readonly addressTargets: AddressTargets;
  readonly scopes: KnownScopes;
  readonly projects: ProjectNumbers;
  readonly regions: Map<string, { readonly cloud: string; readonly name: string }>;
  /** Nodes that became rows already, so that each comes once. */
  readonly told: Set<string>;
  stubsTold: number;
  /** True once the places of all resources so far are told: later ones tell theirs. */
  placesTold: boolean;
}

function addResource({ files, shape, scopes, regions, placesTold }: Load, resource: GraphResourceHead): void {
  const { id, cloud, scopeId, region } = resource.fact;
  shape.addResource(resource);
  files.add(resources, resourceRow(resource));
  if (scopeId !== '') scopes.need(scopeId);
  const regionId = `${cloud}:${region}`;
  if (!regions.has(regionId)) regions.set(regionId, { cloud, name: region });
  if (!placesTold) return;
  if (scopeId !== '') files.add(inScope, [id, scopeId]);
  files.add(inRegion, [id, regionId]);
}

/** Most relationships have no properties, which is faster seen than written. */
function propertiesText(properties: JsonObject): string {
  for (const _name in properties) return JSON.stringify(properties);
  return '{}';
}

/** Adds relationships, each once: the same edge read in two places is one edge. */
function createRelationshipAdder({
  files,
  shape,
  ends,
  references,
}: Load): (relationship: GraphRelationship) => boolean {
  const plain = new Map<string, PairSet>();
  const special = new Map<string, Set<number>>();

  function isNew(type: string, ends: { readonly from: number; readonly to: number }, properties: string): boolean {
    if (properties !== '{}') {
      const key = `${type} ${properties}`;
      const known = special.get(key) ?? new Set();
      const { size } = known;
      special.set(key, known.add(pairNumber(ends.from, ends.to)));
      return known.size > size;
    }
    let pairs = plain.get(type);
    if (pairs === undefined) {
      pairs = createPairSet();
      plain.set(type, pairs);
    }
    return pairs.add(ends.from, ends.to);
  }

  return ({ fact, run }) => {
    const ids = { from: ends.spelling(fact.from), to: ends.spelling(fact.to) };
    const from = ends.end(ids.from, { type: fact.type, from: true });
    const to = ends.end(ids.to, { type: fact.type, from: false });
    if (from === null || to === null) return false;
    if (fact.source !== bodySource) references.joined(from.number, to.number);
    const properties = propertiesText(fact.properties);
    if (!isNew(fact.type, { from: from.number, to: to.number }, properties)) return false;
    // Who manages is laid over: through a state everything would be two steps from everything.
    if (!isClaimOfState(fact)) {
      shape.addRelationship({ type: fact.type, from: from.number, to: to.number, run, fact, properties });
    }
    const target = { table: fact.type, from: from.table, to: to.table };
    files.add(target, [ids.from, ids.to, run, fact.source, fact.confidence, properties]);
    return true;
  };
}

/** Queues every node that is known by now and not yet a row, so that relationships to it can follow. */
function copyNewNodes(load: Load): void {
  const { files, shape, ends, scopes, regions, told } = load;
  const stubs = ends.stubs.slice(load.stubsTold);
  load.stubsTold += stubs.length;
  for (const stub of stubs) addResource(load, ends.stubResource(stub));
  function once(table: string, id: string, row: () => readonly CsvValue[]): void {
    const key = `${table} ${id}`;
    if (told.has(key)) return;
    told.add(key);
    files.add({ table }, row());
  }
  for (const [id, reference] of ends.addresses) {
    once('Address', id, () => {
      shape.addAddress(id, reference.value);
      return addressRow(id, reference);
    });
  }
  for (const [id, { cloud, name }] of regions) once('Region', id, () => [id, cloud, name]);
  for (const scope of scopes.listed.values()) once('Scope', scope.id, () => scopeRow(scope, false));
  for (const scope of scopes.stubs.values()) once('Scope', scope.id, () => scopeRow(scope, true));
  for (const table of [resources.table, 'Address', 'Region', 'Scope']) files.copy({ table });
}

/** Queues what is known before anything is read, while the database has nothing else to do. */
function addKnown(load: Load, input: GraphInput): void {
  const { files, scopes } = load;
  for (const run of input.runs) files.add({ table: 'Run' }, runRow(run));
  const cells = new Map([...input.coverage].map((cell) => [`${cell.scope}|${cell.region}|${cell.kind}`, cell]));
  for (const cell of cells.values()) files.add({ table: 'Coverage' }, coverageRow(cell));
  for (const { id, parentId } of scopes.listed.values()) {
    if (parentId !== null) files.add({ table: 'PARENT', from: 'Scope', to: 'Scope' }, [id, parentId]);
  }
  copyNewNodes(load);
  files.copyAll();
}

async function loadResources(load: Load, input: GraphInput, signal: AbortSignal): Promise<number> {
  const { files, ends, projects, references } = load;
  let count = 0;
  const byNumber: GraphResourceHead[] = [];
  function add(resource: GraphResourceHead): void {
    if (!ends.addResource(resource.fact)) return;
    addResource(load, resource);
    references.note(resource);
    count += 1;
  }
  for await (const batch of input.resources) {
    signal.throwIfAborted();
    for (const resource of batch) {
      // Told by its project's number when nobody knew the id; the same by id, which may follow, says more.
      if (projects.byId(resource.fact.id) !== resource.fact.id) byNumber.push(resource);
      else add(resource);
    }
    if (areWorthCopying(files.waiting(resources), files)) files.copy(resources);
    // What is read may have been there at once: without a turn of its own the database would not be asked for more.
    await setImmediate();
  }
  for (const { fact, ...rest } of byNumber) add({ ...rest, fact: { ...fact, scopeId: projects.byId(fact.scopeId) } });
  await references.resolve();
  copyNewNodes(load);
  for (const statement of placesFromResources) files.run(statement);
  load.placesTold = true;
  return count;
}

/** Those of the facts, then those that names and addresses make of them, then what bodies refer to beyond them. */
async function* allRelationships(load: Load, input: GraphInput): AsyncGenerator<readonly GraphRelationship[]> {
  for await (const batch of input.relationships) {
    for (const relationship of batch) load.addressTargets.note(relationship);
    yield batch;
  }
  yield load.addressTargets.rest();
  yield* load.references.rest();
}

/** Relationship tables that are to be copied now: so many rows that they should go, or the most when nothing else is. */
function worthCopying(files: RowFiles): ReturnType<RowFiles['full']> {
  const full = files.full(relationshipsPerCopy);
  const most = full.length === 0 && files.idle ? files.quietest(relationshipsOfIdleCopy) : null;
  return most === null ? full : [most];
}

async function loadRelationships(load: Load, input: GraphInput, signal: AbortSignal): Promise<number> {
  const { files } = load;
  const add = createRelationshipAdder(load);
  let count = 0;
  for await (const batch of allRelationships(load, input)) {
    signal.throwIfAborted();
    for (const relationship of batch) if (add(relationship)) count += 1;
    const full = worthCopying(files);
    if (full.length > 0) copyNewNodes(load);
    for (const target of full) files.copy(target);
    await setImmediate();
  }
  return count;
}

/**
 * Loads a whole graph into an empty database by `COPY`. Rows are made in this thread batch by batch, with breaks;
 * the database copies what is ready in its own threads meanwhile. Throws the database's error or the abort's reason.
 */
export async function loadGraph({
  connection,
  input,
  directory,
  signal,
  keepShape,
}: LoadOptions): Promise<LoadedGraph> {
  const files = createRowFiles({ connection, directory, signal });
  const scopes = [...input.scopes];
  const projects = createProjectNumbers(scopes);
  const ends = createKnownEnds(nativeIdsOf(input.overlay), projects);
  const load: Load = {
    files,
    shape: createShapeBuilder(),
    ends,
    references: createBodyReferences(ends, projects),
    projects,
    addressTargets: createAddressTargets(),
    scopes: createKnownScopes(oneNameEach(scopes, projects)),
    regions: new Map(),
    told: new Set(),
    stubsTold: 0,
    placesTold: false,
  };
  try {
    // In one transaction: each statement by itself would wait for the disk.
    for (const statement of ['BEGIN TRANSACTION', ...tableDefinitions(), 'COMMIT']) files.run(statement);
    addKnown(load, input);
    const resourceCount = await loadResources(load, input, signal);
    const relationshipCount = await loadRelationships(load, input, signal);
    addOverlay(load, input.overlay);
    copyNewNodes(load);
    files.copyAll();
    // While the database copies what is queued.
    const shape = await load.shape.finish();
    await keepShape(shape);
    await files.done();
    const counts = { resources: resourceCount, relationships: relationshipCount, stubs: load.ends.stubs.length };
    return { counts, shape };
  } catch (error) {
    await files.abandon();
    throw error;
  }
}
