import type { Draft, PaletteItem, Problem } from '#shared/model/index.ts';
import type { ArtifactSource, Workspace } from '../ports/index.ts';
import { draftNames, readDraft } from './draft-files.ts';
import { buildPalette } from './palette.ts';
import { readCatalog, type ReleaseCache, type StoredRelease } from './release-files.ts';

/** Drafts and releases as they are on disk right now; what both services of this folder read. */
export interface Library {
  readonly workspace: Workspace;
  readonly artifacts: ArtifactSource;
  readonly cache: ReleaseCache;
  catalog(): Promise<{ readonly releases: readonly StoredRelease[]; readonly problems: readonly Problem[] }>;
  palette(): Promise<PaletteItem[]>;
  draft(name: string): Promise<Draft | null>;
  drafts(): Promise<readonly Draft[]>;
}

/** Opens the drafts and releases of a workspace. */
export function createLibrary(workspace: Workspace, artifacts: ArtifactSource): Library {
  const { paths } = workspace;
  const cache: ReleaseCache = { entries: new Map() };
  const catalog = (): ReturnType<Library['catalog']> => readCatalog(paths, cache);
  const palette = async (): Promise<PaletteItem[]> => buildPalette(artifacts, (await catalog()).releases);
  return {
    workspace,
    artifacts,
    cache,
    catalog,
    palette,
    draft: async (name) => readDraft(paths, name, await palette()),
    async drafts() {
      const items = await palette();
      const drafts = await Promise.all((await draftNames(paths)).map((name) => readDraft(paths, name, items)));
      return drafts.filter((draft) => draft !== null);
    },
  };
}
