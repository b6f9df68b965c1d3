import { splitUse } from '#shared/blueprint/index.ts';
import { targetScopeId, type DriftReport, type EnvironmentDocument } from '#shared/model/index.ts';
import { readEnvironments, type Library } from '../catalog/index.ts';
import { digestText } from '../files/index.ts';
import type { Orchestrator } from '../orchestrator/index.ts';
import type { GraphOverlay, OverlaySource } from '../ports/index.ts';

/** What is laid over the map, and whether the workspace's files say something else by now. */
export interface WorkspaceOverlay extends OverlaySource {
  /** True when versions or environments on disk are not those laid last; also when nothing was laid yet. */
  isOutdated(): Promise<boolean>;
}

/** Where the parts of the overlay come from beside the files. */
export interface OverlayParts {
  readonly orchestrator: () => Orchestrator | null;
  readonly driftReports: () => Promise<readonly DriftReport[]>;
}

type FromFiles = Pick<GraphOverlay, 'blueprintVersions' | 'environments'>;

/**
 * What is laid over the map: published versions and environments from their files, drift from its reports, the rest
 * from the journal. The orchestrator itself builds the map after a deployment, so it is asked for when a build needs
 * it and not before.
 */
export function createOverlaySource(library: Library, parts: OverlayParts): WorkspaceOverlay {
  let laidLast: string | null = null;

  async function read(): Promise<{ readonly overlay: GraphOverlay; readonly digest: string }> {
    const laid = parts.orchestrator()?.overlay() ?? { deployments: [], environments: [], managed: [], changed: [] };
    const reports = await parts.driftReports();
    const deployed = laid.environments.map((environment) => ({
      ...environment,
      driftState: reports.find((report) => report.environment === environment.name)?.status ?? 'unknown',
    }));
    // What deployments know of an environment is newer than its file.
    const files = await readFiles(library, new Set(deployed.map(({ name }) => name)));
    return {
      overlay: {
        ...laid,
        blueprintVersions: files.blueprintVersions,
        environments: [...deployed, ...files.environments],
      },
      digest: digestText(JSON.stringify(files)),
    };
  }

  return {
    async overlay() {
      const { overlay, digest } = await read();
      laidLast = digest;
      return overlay;
    },
    isOutdated: async () => (await read()).digest !== laidLast,
  };
}

async function readFiles(library: Library, deployed: ReadonlySet<string>): Promise<FromFiles> {
  const [{ releases }, environments] = await Promise.all([library.catalog(), readEnvironments(library.workspace)]);
  return {
    blueprintVersions: releases
      .filter(({ release }) => release.type === 'blueprint')
      .map(({ release, document }) => ({
        name: release.name,
        version: release.version,
        digest: release.digest,
        boundary: document?.boundary ?? '',
        status: release.status,
      })),
    environments: environments.flatMap(({ document }) =>
      document === null || deployed.has(document.environment) ? [] : [neverDeployed(document)],
    ),
  };
}

function neverDeployed(document: EnvironmentDocument): GraphOverlay['environments'][number] {
  const { environment: name, blueprint, target } = document;
  const used = splitUse(blueprint);
  const adopts = Object.values(document.imports ?? {}).some((addresses) => Object.keys(addresses).length > 0);
  return {
    name,
    blueprint: used.name,
    version: used.range,
    cloud: target.cloud,
    scopeId: targetScopeId(target),
    region: target.region,
    status: adopts ? 'adoptable' : 'proposed',
    driftState: 'unknown',
    lastDeployment: null,
  };
}
