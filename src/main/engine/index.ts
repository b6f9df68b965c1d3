import { AppError } from '#shared/errors/index.ts';
import type { Notice } from '#shared/model/index.ts';
import { knownSchemas } from './artifacts/index.ts';
import { createSplitService } from './decompose/index.ts';
import { createDiscoverySteps } from './discovery/index.ts';
import type { EnginePorts } from './engine-ports.ts';
import { createRootTool } from './orchestrator/runners/terraform/index.ts';
import type { SystemService, WorkspaceServices } from './ports/index.ts';
import { createRouter } from './rpc/index.ts';
import { createEventBus, createRecentWorkspaces, createSystemService } from './system/index.ts';
import { openServices, type OpenServices } from './compose/open-services.ts';

export type { EnginePorts } from './engine-ports.ts';

export interface Engine {
  readonly system: SystemService;
  readonly router: ReturnType<typeof createRouter>;
  /** The services of the open workspace. Throws `no-workspace`. */
  services(): WorkspaceServices;
  openWorkspace(root: string): Promise<void>;
  /** What was noticed about the open workspace, such as a graph that was built again. */
  notices(): readonly Notice[];
  close(): Promise<void>;
}

/** The only composition root: builds an engine from its ports. It starts without a workspace. */
export function createEngine(ports: EnginePorts): Engine {
  const events = createEventBus();
  let opened: OpenServices | null = null;
  let changing: Promise<void> = Promise.resolve();

  function services(): WorkspaceServices {
    if (opened === null) {
      throw new AppError('no-workspace', 'No workspace is open.', { advice: 'Open or make one on the Start screen.' });
    }
    return opened.services;
  }

  /** One change at a time: the old workspace is closed before the new one is opened. */
  function replace(root: string | null): Promise<void> {
    const next = changing.then(async () => {
      if (opened !== null && root !== null && opened.workspace.paths.root === root) return;
      const previous = opened;
      opened = null;
      await previous?.close();
      if (root !== null) opened = await openServices(root, { ...ports, events });
      ports.onWorkspace(root);
      events.changed(['workspace', 'estate', 'runs', 'artifacts', 'blueprints', 'catalog', 'deployments', 'drift']);
    });
    changing = next.catch(() => undefined);
    return next;
  }

  const system = createSystemService({
    ...ports,
    events,
    recent: createRecentWorkspaces(ports.settingsFolder),
    session: {
      current: () => opened?.workspace ?? null,
      summary: () => opened?.summary() ?? Promise.resolve({ lastMappedAt: null, coverage: null, waitingApprovals: 0 }),
      open: replace,
    },
  });
  const discovery = createDiscoverySteps(ports);
  const split = createSplitService({
    ...ports,
    events,
    workspace: () => opened?.workspace ?? null,
    cloudAccess: () => opened?.cloudAccess ?? null,
    schemas: () => knownSchemas(ports.resourcesFolder, opened?.workspace ?? null),
    tool: createRootTool({ ...ports, configured: () => opened?.workspace.document().tools?.opentofu ?? null }),
  });
  return {
    system,
    router: createRouter({ engine: { system, discovery, split }, workspace: services, logger: ports.logger }),
    services,
    openWorkspace: replace,
    notices: () => opened?.workspace.notices() ?? [],
    close: () => replace(null),
  };
}
