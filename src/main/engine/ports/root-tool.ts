import type { Json } from '#shared/base/json.ts';
import type { CloudAccess } from './cloud-access.ts';

/** How the tool is run in a folder. */
export interface RootRun {
  readonly folder: string;
  readonly access: CloudAccess;
  /** Name of the tool's workspace; null for the default one, or for the one that is selected there. */
  readonly workspace: string | null;
  /** The folder is the user's, initialised by them: its backend is known where their `TF_DATA_DIR` says. */
  readonly isUsers?: boolean;
  readonly signal: AbortSignal;
}

/** A lock of a state, as its backend tells it to whoever wants it too. */
export interface StateLock {
  readonly id: string;
  /** Such as `user@machine`. */
  readonly who: string;
  /** The command it was taken for, such as `apply`. */
  readonly operation: string;
  /** When, in the tool's words. */
  readonly created: string;
}

/** The lock of a state, taken by a process of the tool that does nothing else and changes nothing. */
export interface StateHold {
  /** As others see it; null where the backend has no locks, so that nothing is held. */
  readonly lock: StateLock | null;
  /**
   * Throws `conflict` when the lock is gone: its process ended, or, when the backend is asked, somebody released it or
   * took it since.
   */
  assertHeld(how: 'by-process' | 'by-backend'): Promise<void>;
  /** Gives it back. Throws `tool-failed` when the backend did not take it; giving it back twice does nothing more. */
  release(): Promise<void>;
}

/**
 * OpenTofu or Terraform run in a root as it lies on disk, for roots that are taken apart. Nothing is copied, and nothing
 * generated beside it. Errors: `tool-missing`, `tool-too-old`, `tool-failed`, `plan-failed`, `conflict` for a locked
 * state.
 */
export interface RootTool {
  /** Credentials and variables as a terminal hands them on: those of this process. */
  ownAccess(): CloudAccess;
  /** Which workspace a root has selected: by `TF_WORKSPACE`, or in its `.terraform`; null for the default one. */
  selectedWorkspace(root: string): Promise<string | null>;
  identify(): Promise<{ readonly name: 'tofu' | 'terraform'; readonly version: string }>;
  /** Providers, modules and backend; a workspace that is not there is made. */
  initialize(run: RootRun): Promise<void>;
  /** What is wrong with the code, one sentence each with its place; empty when it is valid. */
  validate(run: RootRun): Promise<readonly string[]>;
  /** The machine-readable plan, as with `show -json`. It holds secrets. The state is read and neither written nor locked. */
  plan(run: RootRun): Promise<Json>;
  /** The whole state as text, empty when there is none. It holds secrets. */
  pullState(run: RootRun): Promise<string>;
  /**
   * Puts a state file into the backend; refused when the serial or lineage there is another. It takes the backend's lock
   * for it, unless the lock is held already.
   */
  pushState(run: RootRun & { readonly file: string; readonly lock: 'take' | 'held' }): Promise<void>;
  /**
   * Takes the lock of the state that a root's code names and holds it. Waits for whoever has it, for as long as the
   * settings say; then throws `conflict` with who that is.
   */
  holdState(run: RootRun): Promise<StateHold>;
}
