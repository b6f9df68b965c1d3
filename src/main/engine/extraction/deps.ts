import type {
  ArtifactSource,
  Clock,
  CloudAccessSource,
  EnvironmentFiles,
  EventSink,
  Logger,
  ReleaseSource,
  TerraformTool,
  Workspace,
} from '#engine/ports/index.ts';
import type { BlueprintDocument, EnvironmentDocument } from '#shared/model/index.ts';
import type { EstateOutline, EstateSlice } from '../patterns/index.ts';

/** Which part of the estate to read with bodies. Empty lists mean no restriction. */
export interface EstateRestriction {
  readonly scopes: readonly string[];
  readonly regions: readonly string[];
  readonly ids: readonly string[];
}

/** What runs, as discovery saw it. */
export interface EstateReader {
  /** Everything without bodies. */
  outline(signal: AbortSignal): Promise<EstateOutline>;
  /** Some resources with their bodies, and the relationships between them and around them. */
  slice(restriction: EstateRestriction, signal: AbortSignal): Promise<EstateSlice>;
}

/** The drafts of the workspace, as far as extraction reads and writes them. */
export interface DraftFiles {
  /** The draft's document; null when there is none. Throws `bad-input` for one that does not parse. */
  read(name: string): Promise<BlueprintDocument | null>;
  /** Makes the draft, or replaces its document; answers the files written, relative to the workspace. */
  write(document: BlueprintDocument): Promise<readonly string[]>;
}

/** The environment files, with a listing. */
interface EnvironmentListing extends Pick<EnvironmentFiles, 'read' | 'write'> {
  /** Every environment file that parses. */
  list(): Promise<readonly EnvironmentDocument[]>;
}

/** What the patterns service needs from outside. */
export interface PatternsDeps {
  readonly workspace: Workspace;
  readonly estate: EstateReader;
  readonly artifacts: ArtifactSource;
  readonly drafts: DraftFiles;
  readonly environments: EnvironmentListing;
  /** For blueprints that are published and no longer edited. */
  readonly releases: ReleaseSource;
  readonly tool: TerraformTool;
  readonly cloudAccess: CloudAccessSource;
  readonly clock: Clock;
  readonly events: EventSink;
  readonly logger: Logger;
}
