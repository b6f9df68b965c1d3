import type { Artifact, BlueprintDocument, EnvironmentDocument, Release } from '#shared/model/index.ts';

/** A node of a published blueprint, locked: an artifact with its sources on disk, or a blueprint inside. */
export type ResolvedNode =
  | {
      readonly type: 'artifact';
      /** `name@version`, exact. */
      readonly use: string;
      readonly digest: string;
      readonly artifact: Artifact;
      /** Absolute path of the sources inside the release folder. */
      readonly sources: string;
    }
  | {
      readonly type: 'blueprint';
      readonly use: string;
      readonly digest: string;
      readonly blueprint: ResolvedBlueprint;
    };

/** A blueprint with every node taken from its lock. */
export interface ResolvedBlueprint {
  readonly document: BlueprintDocument;
  readonly nodes: Readonly<Record<string, ResolvedNode>>;
}

/** A published version as a deployment runs it. */
export interface ResolvedRelease extends ResolvedBlueprint {
  readonly release: Release;
  /** False when the folder no longer has the digest of the release. */
  readonly intact: boolean;
}

/** Where published blueprints come from. */
export interface ReleaseSource {
  /** `name@version`, or `name` for the newest active version. Throws `not-found`. */
  resolve(reference: string): Promise<ResolvedRelease>;
}

/** The files under `environments/`. */
export interface EnvironmentFiles {
  /** The document, or null when there is none. Throws `bad-input` for one that does not parse. */
  read(name: string): Promise<EnvironmentDocument | null>;
  /** Writes the document; comments and order of an existing file are kept. */
  write(document: EnvironmentDocument): Promise<void>;
  /** Removes the file of an environment that no longer runs. */
  remove(name: string): Promise<void>;
}
