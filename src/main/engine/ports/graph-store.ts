import type { FactDamage, FactSource } from './fact-store.ts';
import type { GraphShape } from './graph-shape.ts';
import type { CoverageCell, QueryResult, RelationshipFact, ResourceFact, Run, ScopeFact } from '#shared/model/index.ts';

/** A resource without its body: what is filtered, joined or shown in lists. Bodies are read on demand. */
export type ResourceHead = Omit<ResourceFact, 'raw'>;

/** A resource as it goes into the graph: its head plus what history says. */
export interface GraphResourceHead {
  readonly fact: ResourceHead;
  readonly isStub: boolean;
  readonly firstRun: number;
  readonly lastRun: number;
  /** The run in which its body last changed, volatile fields apart. */
  readonly changedRun: number;
  readonly stale: boolean;
  /** Of the body without volatile fields, as the facts keep it: two runs are compared by it, and the graph goes without. */
  readonly driftHash: string;
  /** Ids found in its body that none of its relationships names; the build finds out what they mean. */
  readonly references: readonly string[];
}

/** The same with the body. */
export interface GraphResource extends GraphResourceHead {
  readonly fact: ResourceFact;
}

export interface GraphRelationship {
  readonly fact: RelationshipFact;
  readonly run: number;
}

/** Blueprint versions, environments and deployments laid over reality at every build. */
export interface GraphOverlay {
  readonly blueprintVersions: readonly {
    readonly name: string;
    readonly version: string;
    readonly digest: string;
    readonly boundary: string;
    readonly status: string;
  }[];
  readonly environments: readonly {
    readonly name: string;
    readonly blueprint: string;
    readonly version: string;
    readonly cloud: string;
    readonly scopeId: string;
    readonly region: string;
    readonly status: string;
    readonly driftState: string;
    readonly lastDeployment: string | null;
  }[];
  readonly deployments: readonly {
    readonly id: string;
    readonly environment: string;
    readonly kind: string;
    readonly state: string;
    readonly proposedBy: string;
    readonly approvedBy: string | null;
    readonly startedAt: number | null;
    readonly finishedAt: number | null;
  }[];
  /** Which discovered resource is managed by which environment; ids are canonical or native. */
  readonly managed: readonly {
    readonly resourceId: string;
    readonly environment: string;
    readonly node: string;
    readonly address: string;
    readonly version: string;
  }[];
  readonly changed: readonly { readonly deployment: string; readonly resourceId: string; readonly action: string }[];
}

/** Where the overlay comes from; asked at every build. */
export interface OverlaySource {
  overlay(): Promise<GraphOverlay>;
}

/**
 * All rows of one graph. Iterables are consumed once, resources before relationships, in batches, so a million rows
 * need neither a second copy nor an await each.
 */
export interface GraphInput {
  readonly scopes: Iterable<ScopeFact>;
  readonly resources: Iterable<readonly GraphResourceHead[]> | AsyncIterable<readonly GraphResourceHead[]>;
  readonly relationships: Iterable<readonly GraphRelationship[]> | AsyncIterable<readonly GraphRelationship[]>;
  readonly runs: readonly Run[];
  readonly coverage: Iterable<CoverageCell>;
  readonly overlay: GraphOverlay;
}

/** What a process of its own builds a graph from. */
export interface GraphSource {
  readonly facts: FactSource;
  readonly overlay: GraphOverlay;
}

export interface GraphBuildReport {
  readonly resources: number;
  readonly relationships: number;
  readonly stubs: number;
  readonly milliseconds: number;
}

export interface GraphQueryOptions {
  readonly parameters?: Readonly<Record<string, string | number | boolean | readonly string[] | readonly number[]>>;
  readonly maxRows?: number;
  readonly timeoutMs?: number;
}

/** The database behind the cloud graph. Built whole into a new file and swapped in; never updated. */
export interface GraphStore {
  /** Builds a new graph beside the current one and swaps it in; on failure or abort the current one stays. */
  build(input: GraphInput, signal: AbortSignal): Promise<GraphBuildReport>;
  /**
   * The same in a process of its own, which reads the facts itself and takes its memory with it when it ends. Tells
   * what of the facts could not be read. Null where there is no program for it; throws `tool-missing` where that
   * could not be started.
   */
  readonly buildApart:
    | ((
        source: GraphSource,
        signal: AbortSignal,
      ) => Promise<GraphBuildReport & { readonly damage: readonly FactDamage[] }>)
    | null;
  /** Runs one of our own read statements. */
  read(cypher: string, options?: GraphQueryOptions): Promise<QueryResult>;
  /** Runs a user's statement: refuses anything that is not read-only (`query-not-read-only`). */
  readUntrusted(cypher: string, options?: GraphQueryOptions): Promise<QueryResult>;
  /** The resources and relationships of the current graph as columns in memory; read once per graph. */
  shape(): Promise<GraphShape>;
  /** False until a first build, or after damage was found. */
  readonly ready: boolean;
  /** Names the current graph; another after every build. Null while there is none. */
  readonly version: string | null;
  /** Why the last graph file could not be used, in a sentence; null when it could, and after the next build. */
  readonly damage: string | null;
  close(): Promise<void>;
}
