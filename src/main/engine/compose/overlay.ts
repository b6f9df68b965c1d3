import type { DriftReport } from '#shared/model/index.ts';
import type { Library } from '../catalog/index.ts';
import type { Orchestrator } from '../orchestrator/index.ts';
import type { OverlaySource } from '../ports/index.ts';

/**
 * What is laid over the map: published versions from the catalog, drift from its reports, the rest from the journal. The orchestrator itself
 * builds the map after a deployment, so it is asked for when a build needs it and not before.
 */
export function createOverlaySource(
  library: Library,
  sources: {
    readonly orchestrator: () => Orchestrator | null;
    readonly driftReports: () => Promise<readonly DriftReport[]>;
  },
): OverlaySource {
  return {
    async overlay() {
      const { releases } = await library.catalog();
      const reports = await sources.driftReports();
      const laid = sources.orchestrator()?.overlay() ?? { deployments: [], environments: [], managed: [], changed: [] };
      return {
        ...laid,
        environments: laid.environments.map((environment) => ({
          ...environment,
          driftState: reports.find((report) => report.environment === environment.name)?.status ?? 'unknown',
        })),
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
