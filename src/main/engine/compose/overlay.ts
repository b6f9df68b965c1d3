import type { Library } from '../catalog/index.ts';
import type { Orchestrator } from '../orchestrator/index.ts';
import type { OverlaySource } from '../ports/index.ts';

/**
 * What is laid over the map: published versions from the catalog, the rest from the journal. The orchestrator itself
 * builds the map after a deployment, so it is asked for when a build needs it and not before.
 */
export function createOverlaySource(library: Library, orchestrator: () => Orchestrator | null): OverlaySource {
  return {
    async overlay() {
      const { releases } = await library.catalog();
      const laid = orchestrator()?.overlay() ?? { deployments: [], environments: [], managed: [], changed: [] };
      return {
        ...laid,
        blueprintVersions: releases
          .filter(({ release }) => release.type === 'blueprint')
          .map(({ release, document }) => ({
            name: release.name,
            version: release.version,
            digest: release.digest,
            boundary: document?.boundary ?? '',
            status: release.status,
          })),
      };
    },
  };
}
