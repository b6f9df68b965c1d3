import type { Clock, Logger, Processes, ProgramCommand, SecretSource } from './ports/index.ts';
import type { AgentAccess } from './system/index.ts';
import type { LockRecord } from './workspace/index.ts';

/** What the engine needs from outside; nothing in here knows Electron, a window or a terminal. */
export interface EnginePorts {
  readonly version: string;
  readonly shell: 'electron' | 'browser' | 'headless';
  readonly clock: Clock;
  readonly logger: Logger;
  readonly processes: Processes;
  /** The program that builds large graphs in a process of its own (`graph/apart`). */
  readonly graphProgram: ProgramCommand;
  readonly secrets: SecretSource;
  /** The environment of the process: profiles, tool paths, proxies. Values are never logged. */
  readonly environment: Readonly<Record<string, string>>;
  readonly homeFolder: string;
  /** Folder of the user's settings (recent workspaces, and what was said yes to in each). */
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
