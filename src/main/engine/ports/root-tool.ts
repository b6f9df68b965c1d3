import type { Json } from '#shared/base/json.ts';
import type { CloudAccess } from './cloud-access.ts';

/** How the tool is run in a folder. */
export interface RootRun {
  readonly folder: string;
  readonly access: CloudAccess;
  /** Name of the tool's workspace; null for the default one, or for the one that is selected there. */
  readonly workspace: string | null;
  readonly signal: AbortSignal;
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
  /** Puts a state file into the backend under the backend's lock; refused when the serial or lineage there is another. */
  pushState(run: RootRun & { readonly file: string }): Promise<void>;
}
