import type { Json } from '#shared/base/json.ts';
import type {
  CallCounts,
  CoverageCell,
  DiscoverRequest,
  EstateImportReport,
  RelationshipFact,
  ResourceFact,
  Run,
  RunDifference,
  RunFocus,
  RunGap,
  ScopeFact,
} from '#shared/model/index.ts';
import type { GraphRelationship, GraphResource, GraphResourceHead, ResourceHead } from './graph-store.ts';

export interface CellKey {
  readonly scope: string;
  readonly region: string;
  readonly kind: string;
}

/** Writes one discovery run as its pages arrive. Nothing of a cell counts before `finishCell`. */
export interface RunWriter {
  readonly run: Run;
  scopes(scopes: readonly ScopeFact[]): Promise<void>;
  /** Appends one page of a cell; relationships belong to the cell that saw them. */
  page(
    cell: CellKey,
    facts: { readonly resources: readonly ResourceFact[]; readonly relationships: readonly RelationshipFact[] },
  ): Promise<void>;
  /** Seals a cell with its status. Pages of a cell that is not `complete` still add, but never remove. */
  finishCell(cell: Omit<CoverageCell, 'run'>): Promise<void>;
  /** Keeps what an import read and what it did not, beside its facts. */
  report(report: EstateImportReport): Promise<void>;
  /** Ends the run; its facts are on disk when this returns. `clouds` when they were not known before. */
  finish(outcome: {
    readonly status: Run['status'];
    readonly error: string | null;
    readonly clouds?: Run['clouds'];
    readonly calls?: CallCounts;
  }): Promise<Run>;
}

/**
 * The newest view over all runs: per cell the facts of its newest complete run, plus what later incomplete runs
 * added. Facts carried over an incomplete newer cell are stale. Cells of all regions at once (`allRegions`) and cells
 * of single regions complete each other: what a complete one covers is closed for older runs, by the region a
 * resource lies in.
 */
export interface FactView {
  readonly runs: readonly Run[];
  readonly scopes: readonly ScopeFact[];
  readonly coverage: readonly CoverageCell[];
  /** Every resource that is wanted once, with its body; where none is wanted, no bodies are read. Without it all. */
  resources(wanted?: (resource: ResourceHead) => boolean): AsyncIterable<GraphResource>;
  /** Every resource once, without bodies, in batches: the fast way, for building the graph. */
  heads(): AsyncIterable<readonly GraphResourceHead[]>;
  relationships(): AsyncIterable<readonly GraphRelationship[]>;
  /** What could not be read so far: complete once the iterables above have ended. Their cells remove nothing. */
  readonly damage: readonly FactDamage[];
}

/** A place in the facts that could not be read; everything around it was. */
export interface FactDamage {
  readonly file: string;
  /** Line of the uncompressed file, starting at 1. */
  readonly line: number;
  readonly why: string;
}

/** A cell as an archive keeps it: what is known of it, and when that was so. */
export type ArchivedCell = Omit<CoverageCell, 'run'>;

/** A part of all that is known, for an archive. */
export interface ArchivedFacts {
  readonly scopes: readonly ScopeFact[];
  /** Null where there are only scopes. */
  readonly cell: ArchivedCell | null;
  readonly resources: readonly ResourceFact[];
  readonly relationships: readonly RelationshipFact[];
}

/** A resource as it was seen last. */
export interface FoundFact extends ResourceFact {
  /** How many ids its body names beyond those that are followed; absent when there are none. */
  readonly unfollowed?: number;
}

/** Where a resource was seen, when the caller knows it: spares the search over all cells. */
export interface FactPlace {
  readonly scope: string;
  readonly kind: string;
}

/** What still rests on a run. */
export interface RunUse {
  /** Listings of the map of now that it alone tells, or tells last. */
  readonly cells: number;
  /** Runs after which the estate, as it stood then, rests on it. */
  readonly views: readonly number[];
}

/** What two runs saw, cell by cell. */
export interface ComparedRuns {
  /** Ordered by kind, scope, region, name and id; what changed inside is read by `attributes`. */
  readonly differences: readonly Omit<RunDifference, 'changes' | 'unread'>[];
  /** Resources that are the same in both. */
  readonly unchanged: number;
  /**
   * Resources that one run alone saw, or saw whole, where the other did not see everything: neither added, gone nor
   * changed for certain.
   */
  readonly unknown: number;
  /** Places where one of the runs did not see everything. */
  readonly gaps: readonly RunGap[];
  /** Reads what changed inside some of the differences, in their order. */
  attributes(some: ComparedRuns['differences'], signal: AbortSignal): Promise<readonly RunDifference[]>;
}

/** What runs know: all of them, or all up to one. */
export interface FactReader {
  /** Newest first. A run whose process died is told as `failed`, with its sealed cells kept. */
  runs(): Promise<readonly Run[]>;
  /**
   * The ledger of one run, or with null the newest cell of each scope × region × kind, where a listing of all regions
   * stands for the regions listed before it. The same list until something is written.
   */
  coverage(run: number | null): Promise<readonly CoverageCell[]>;
  /** Every scope that any run saw, as the newest one saw it. */
  knownScopes(): Promise<readonly ScopeFact[]>;
  view(signal: AbortSignal): Promise<FactView>;
  /** Where these facts lie, for a process of its own. */
  source(): Promise<FactSource>;
  /** All that is known, cell by cell, as an archive keeps it: what was only carried forward is marked. */
  archived(signal: AbortSignal): AsyncIterable<ArchivedFacts>;
  /** The newest body of one resource, read on demand; null when it was never seen. */
  raw(resourceId: string, place?: FactPlace): Promise<FoundFact | null>;
  /** The newest bodies of many resources, by id; cells are read once each. Ids that were never seen are absent. */
  bodies(
    resources: readonly (FactPlace & { readonly id: string })[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, Json>>;
  /** The newest listing that looked where a resource lies after it was last seen; null when there is none. */
  lookedSince(resourceId: string, place?: FactPlace): Promise<CoverageCell | null>;
  /** Per run in which the body of a resource changed, newest first. */
  history(resourceId: string, place?: FactPlace): Promise<readonly { run: number; at: number; contentHash: string }[]>;
}

/** Where another process finds the same facts. */
export interface FactSource {
  /** The folder of all runs. */
  readonly root: string;
  /** Only what was known once this run had ended; null for all. */
  readonly asOf: number | null;
  /** Runs that are being written: to any other process they look as if they had been cut off. */
  readonly active: readonly number[];
}

/** What was asked of a run, as it is kept beside its facts: names and places, never a secret. */
export interface RunRequest {
  readonly request: DiscoverRequest;
  /** The connections of the workspace that it was made of, by name. */
  readonly connections: readonly string[];
}

/** A run that is written on after it had been cut off. */
export interface ResumedRun {
  readonly writer: RunWriter;
  /** True for a cell that the run listed to its end before. */
  readonly isDone: (cell: CellKey) => boolean;
}

/** The source of truth of what was seen: one folder per run under `.groundplan/facts`. */
export interface FactStore extends FactReader {
  startRun(options: {
    readonly source: Run['source'];
    readonly clouds: Run['clouds'];
    /** What it is narrowed to; empty or absent when it is not. */
    readonly focus?: readonly RunFocus[];
    /** Kept, so that the run can be taken up again when it is cut off. */
    readonly asked?: RunRequest;
  }): Promise<RunWriter>;
  /** Goes on with a run that was cut off: its sealed cells stay, and a cell sealed again counts anew. */
  resumeRun(run: number): Promise<ResumedRun>;
  /** What was asked of a run; null when that was not kept. */
  runRequest(run: number): Promise<RunRequest | null>;
  /** The scopes that a run itself saw. Throws `not-found`. */
  scopesSeenBy(run: number): Promise<readonly ScopeFact[]>;
  /** What a run that was an import read and what it did not; null for other runs. */
  importReport(run: number): Promise<EstateImportReport | null>;
  /** What was known once a run had ended. Every question throws `not-found` when there is no such run. */
  asOf(run: number): FactReader;
  /**
   * What rests on some runs: the map of now, and the estates as they stood after the runs of `views`. Of a run on
   * which nothing rests, nothing is missed.
   */
  uses(
    runs: { readonly candidates: ReadonlySet<number>; readonly views: readonly number[] },
    signal: AbortSignal,
  ): Promise<ReadonlyMap<number, RunUse>>;
  /** Bytes on disk of each run. */
  sizes(): Promise<ReadonlyMap<number, number>>;
  /** Runs after which the estate can not be shown any more as it stood. */
  spoilt(): Promise<ReadonlySet<number>>;
  /**
   * Removes a run for good, with its facts; `spoilt` are the runs whose estate rested on it. Throws `not-found`, and
   * `conflict` while the run is being written.
   */
  removeRun(run: number, spoilt: readonly number[]): Promise<void>;
  /** Compares what two runs themselves saw. Throws `not-found`. */
  compare(runs: { readonly from: number; readonly to: number }, signal: AbortSignal): Promise<ComparedRuns>;
}

/** Builds the graph from the facts and the overlay; called after runs, publishing and deployments. */
export interface GraphBuilder {
  rebuild(signal: AbortSignal): Promise<void>;
}
