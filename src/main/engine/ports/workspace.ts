import type { Connection, Notice, Retention, Schedule, WorkspaceDocument } from '#shared/model/index.ts';

/** The folders and files of a workspace; all absolute. Everything under `data` ignores itself for git. */
export interface WorkspacePaths {
  readonly root: string;
  readonly document: string;
  readonly artifacts: string;
  readonly blueprints: string;
  readonly catalog: string;
  readonly environments: string;
  readonly queries: string;
  readonly policy: string;
  /** `.groundplan` */
  readonly data: string;
  readonly facts: string;
  readonly graph: string;
  readonly journal: string;
  readonly plans: string;
  readonly logs: string;
  readonly state: string;
  readonly work: string;
  readonly proofs: string;
  readonly keys: string;
}

/** The open workspace as services see it. */
export interface Workspace {
  readonly paths: WorkspacePaths;
  /** Why nothing can be written, or null. Writers call `assertWritable` first. */
  readonly readOnly: string | null;
  /** Throws `read-only` with the reason. */
  assertWritable(): void;
  document(): WorkspaceDocument;
  connections(): readonly Connection[];
  saveConnection(connection: Connection): Promise<readonly Connection[]>;
  /** Takes a connection out of the document. Throws `not-found` for a name that is not there. */
  removeConnection(name: string): Promise<readonly Connection[]>;
  /** Keeps in the document which runs are kept. */
  saveRetention(retention: Retention): Promise<void>;
  /** Keeps in the document when connections are mapped by themselves. */
  saveSchedules(change: (known: readonly Schedule[]) => readonly Schedule[]): Promise<void>;
  notices(): readonly Notice[];
  /** Tells the user something that happened by itself, such as a rebuilt graph. Same id replaces. */
  notify(notice: Omit<Notice, 'at'>): void;
  /** Takes back a notice whose cause is gone. */
  settle(id: string): void;
}

/** As much of a workspace as it takes to write its files; it need not be the open one. */
export type WritableWorkspace = Pick<Workspace, 'paths' | 'assertWritable'>;
