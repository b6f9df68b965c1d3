/** How a child ended. Exactly one of code and signal is set. */
export interface ChildResult {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How to start one of our own programs; whoever starts it adds what it is to work on. */
export interface ProgramCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** What to start: an argument array, never a shell line, with an environment built from nothing. */
export interface ChildOptions {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Called for each complete line of standard output or error as it arrives. */
  readonly onLine?: (stream: 'stdout' | 'stderr', line: string) => void;
  /** Called once the child exists, before anything else happens. */
  readonly onStart?: (child: { readonly pid: number; readonly startTime: string }) => void;
  /** Asks for the end with one SIGINT and waits; a second signal is never sent. */
  readonly signal?: AbortSignal;
  /** After this many milliseconds the child is asked to end as by `signal`. */
  readonly timeoutMs?: number;
  /** Stop keeping output in memory past this many characters (lines still reach `onLine`). Default 16 MiB. */
  readonly maxOutput?: number;
  /**
   * Append both streams to this file (made with mode 0600) instead of a pipe, so that the child lives on when this
   * process dies. Lines arrive as of `stdout`.
   */
  readonly outputFile?: string;
  /**
   * Standard input is a pipe that stays open until this is fulfilled; nothing is ever written to it. When this process
   * dies it ends as well. Without it there is no standard input.
   */
  readonly inputUntil?: Promise<void>;
}

/** Starts other programs, each in its own process group. */
export interface Processes {
  run(options: ChildOptions): Promise<ChildResult>;
  /** True when a process with this id and start time still lives. */
  isAlive(pid: number, startTime: string): boolean;
  /** Finds a program: an absolute path as it is, a name on the search path; null when there is none. */
  find(name: string): Promise<string | null>;
}
