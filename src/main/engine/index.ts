import { AppError } from '#shared/errors/index.ts';
import type { Clock, Logger, Processes, SecretSource, SystemService, WorkspaceServices } from './ports/index.ts';
import { createRouter } from './rpc/index.ts';
import { createEventBus, createRecentWorkspaces, createSystemService, type AgentAccess } from './system/index.ts';
import { openServices, type OpenServices } from './open-services.ts';
import type { LockRecord } from './workspace/index.ts';

/** What the engine needs from outside; nothing in here knows Electron, a window or a terminal. */
export interface EnginePorts {
  readonly version: string;
  readonly shell: 'electron' | 'browser' | 'headless';
  readonly clock: Clock;
  readonly logger: Logger;
  readonly processes: Processes;
  readonly secrets: SecretSource;
  /** The environment of the process: profiles, tool paths, proxies. Values are never logged. */
  readonly environment: Readonly<Record<string, string>>;
  readonly homeFolder: string;
  /** Folder of the user's settings (recent workspaces). */
  readonly settingsFolder: string;
  /** Folder with what ships beside the program: the sample estate, schemas. */
  readonly resourcesFolder: string;
  /** Dies at a named point, in fault tests only. */
  readonly killPoint: (name: string) => void;
  /** What the lock file of an open workspace says about this process. */
  readonly lockRecord: () => LockRecord;
  readonly agentAccess: () => AgentAccess;
  /** Told which workspace is open now. */
  readonly onWorkspace: (root: string | null) => void;
}

export interface Engine {
  readonly system: SystemService;
  readonly router: ReturnType<typeof createRouter>;
  /** The services of the open workspace. Throws `no-workspace`. */
  services(): WorkspaceServices;
  openWorkspace(root: string): Promise<void>;
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
  return {
    system,
    router: createRouter({ system, workspace: services, logger: ports.logger }),
    services,
    openWorkspace: replace,
    close: () => replace(null),
  };
}
