import { contractVersion } from '#shared/contract/index.ts';
import type { WorkspaceInfo } from '#shared/model/index.ts';
import type { Clock, Logger, Processes, SecretSource, SystemService, Workspace } from '../ports/index.ts';
import { createWorkspaceFolder } from '../workspace/index.ts';
import { examineTools } from './doctor.ts';
import type { EventBus } from './event-bus.ts';
import { listFolders } from './folders.ts';
import type { RecentWorkspaces } from './recent.ts';

/** Where agents connect. */
export interface AgentAccess {
  readonly url: string | null;
  readonly token: string | null;
  /** The command line as a program and its first arguments: it has to run from any folder. */
  readonly launcher: readonly string[];
}

/** The one workspace an engine has open at a time. */
export interface WorkspaceSession {
  current(): Workspace | null;
  /** What the info line shows beyond the workspace itself. */
  summary(): Promise<Pick<WorkspaceInfo, 'lastMappedAt' | 'coverage' | 'waitingApprovals'>>;
  open(root: string): Promise<void>;
}

export interface SystemDependencies {
  readonly version: string;
  readonly shell: 'electron' | 'browser' | 'headless';
  readonly homeFolder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly processes: Processes;
  readonly secrets: SecretSource;
  readonly events: EventBus;
  readonly recent: RecentWorkspaces;
  readonly session: WorkspaceSession;
  readonly agentAccess: () => AgentAccess;
}

/** The service of the `system` namespace: it works with and without an open workspace. */
export function createSystemService(deps: SystemDependencies): SystemService {
  async function info(): Promise<WorkspaceInfo | null> {
    const workspace = deps.session.current();
    if (workspace === null) return null;
    return {
      path: workspace.paths.root,
      name: workspace.document().name,
      readOnly: workspace.readOnly,
      connections: [...workspace.connections()],
      notices: [...workspace.notices()],
      ...(await deps.session.summary()),
    };
  }
  async function open(root: string): Promise<WorkspaceInfo> {
    await deps.session.open(root);
    const opened = await info();
    if (opened === null) throw new Error('The workspace was closed while it was being opened.');
    await deps.recent
      .add({ path: opened.path, name: opened.name, openedAt: deps.clock.now() })
      .catch((error: Error) => deps.logger.warn('system.recent-not-kept', { message: error.message }));
    return opened;
  }
  return {
    info: async () => ({
      version: deps.version,
      contract: contractVersion,
      shell: deps.shell,
      secretStore: deps.secrets.store,
      workspace: await info(),
      recent: await deps.recent.list(),
    }),
    doctor: () =>
      examineTools({
        processes: deps.processes,
        configured: deps.session.current()?.document().tools?.opentofu ?? null,
        environment: { HOME: deps.homeFolder, ...deps.environment },
      }),
    events: (_input, call) => deps.events.listen(call.signal),
    openWorkspace: ({ path }) => open(path),
    async createWorkspace({ path, name }) {
      await createWorkspaceFolder(path, name);
      return open(path);
    },
    browseFolders: ({ path, files }) => listFolders(path ?? deps.homeFolder, { files }),
    agentAccess: () => {
      const { url, token, launcher } = deps.agentAccess();
      const workspace = deps.session.current();
      const place = workspace === null ? [] : ['--workspace', workspace.paths.root];
      return { url, token, stdioCommand: [...launcher, ...place, 'mcp'] };
    },
  };
}
