import type { Artifact, Boundary, Problem } from '#shared/model/index.ts';

/** An artifact of the workspace with what is wrong with it and the files it consists of. */
export interface SourcedArtifact {
  readonly artifact: Artifact;
  readonly problems: readonly Problem[];
  /** The tool's own files, relative to the source folder with forward slashes; what the digest covers. */
  readonly files: readonly { readonly path: string; readonly absolute: string }[];
}

/** Where the artifacts of the workspace come from; publishing copies from here. */
export interface ArtifactSource {
  all(): Promise<readonly SourcedArtifact[]>;
  /** Null when there is no such artifact. */
  find(name: string): Promise<SourcedArtifact | null>;
  /** The artifact as it was at each import here, newest first. */
  recorded(name: string): Promise<readonly Artifact[]>;
  /** Where a resource type belongs, and whether it may accompany any boundary; null for unknown types. */
  boundaryOfType(type: string): { readonly boundary: Boundary; readonly companion: boolean } | null;
}
