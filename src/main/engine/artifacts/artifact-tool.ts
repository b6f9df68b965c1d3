import type { Artifact, ArtifactCorrections, Ports, Problem, Requirement, Runner } from '#shared/model/index.ts';
import type { FolderContent } from '#engine/files/index.ts';
import type { ChartRenderer, RenderedObject } from './helm/render.ts';
import type { ProviderSchemas } from './terraform/provider-schemas/provider-schemas.ts';

/** A piece of infrastructure code where it lies: a folder, or one file of it. */
export interface FoundCode {
  readonly runner: Runner;
  /** Absolute path. */
  readonly folder: string;
  /** The file of the folder that is the piece, such as a template; null when the folder as a whole is. */
  readonly entry: string | null;
  /** What it would be called. */
  readonly title: string;
}

/** What is to be copied for an artifact, and what the user should know of it. */
export interface GatheredCode {
  readonly content: FolderContent;
  readonly problems: readonly Problem[];
}

/** What code says about itself. Files in origins and problems are relative to its folder. */
export interface CodeReading {
  readonly inputs: Ports;
  readonly outputs: Ports;
  readonly requires: readonly Requirement[];
  /** Resource types in the tool's own words, with how many blocks of each. */
  readonly creates: Readonly<Record<string, number>>;
  readonly dependencies: Artifact['dependencies'];
  /** What the code says it is for; null when it does not say. */
  readonly summary: string | null;
  /** The version the code gives itself; null when it has none. */
  readonly version: string | null;
  readonly problems: readonly Problem[];
  /** What the code itself says of its interface in our words; a file beside it wins over that. */
  readonly corrections?: { readonly file: string; readonly document: ArtifactCorrections; readonly line: number };
  /** The objects a chart makes, among which outputs may be read; null where that is not known, absent for other code. */
  readonly rendered?: readonly RenderedObject[] | null;
  /** False when nothing of it could be read. */
  readonly readable: boolean;
}

/** What helps to read code beyond its own words; each null where it is not wanted or not to be had. */
export interface ReadingAids {
  /** Renders charts, which says what they make. */
  readonly renderChart: ChartRenderer | null;
  /** Says what types the attributes of resources have. */
  readonly schemas: ProviderSchemas | null;
}

/** Nothing but the code's own words. */
export const noAids: ReadingAids = { renderChart: null, schemas: null };

export interface ReadCodeOptions {
  readonly aids?: ReadingAids | undefined;
  readonly entry: string | null;
  readonly signal?: AbortSignal | undefined;
}

/** One kind of infrastructure code: how it is recognised, copied and read. Nothing of it is ever run or fetched. */
export interface ArtifactTool {
  readonly runner: Runner;
  /** What a user would look for, for example `.tf or .tofu files`. */
  readonly looksLike: string;
  /** What lies directly in a folder; not below it. */
  find(folder: string): Promise<readonly FoundCode[]>;
  /** True when everything below a folder in which something was found belongs to it. */
  readonly ownsFolders: boolean;
  gather(code: FoundCode, signal?: AbortSignal): Promise<GatheredCode>;
  read(folder: string, options: ReadCodeOptions): Promise<CodeReading>;
}
