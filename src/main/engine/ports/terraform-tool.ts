import type { JsonObject, Json } from '#shared/base/json.ts';
import type { CloudAccess } from './cloud-access.ts';

/** A prepared working directory: sources, generated provider and backend files, initialised. */
export interface TerraformWorkdir {
  readonly path: string;
  readonly access: CloudAccess;
  /** The file of the local state; null when the sources bring a backend of their own. */
  readonly statePath: string | null;
}

/** One message of the tool's machine-readable output, in a form that is safe to show: no values of attributes. */
export interface TerraformEvent {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly level: 'info' | 'warning' | 'error';
  readonly text: string;
  /** The tool's own name of the message, such as `apply_complete`; `text` for output that is not machine-readable. */
  readonly type: string;
  readonly address: string | null;
  readonly resourceType: string | null;
  readonly action: string | null;
  readonly elapsedSeconds: number | null;
}

/** Which state this is: a plan made on one serial must not run on another. */
export interface TerraformStateIdentity {
  readonly lineage: string;
  readonly serial: number;
}

/** What goes into a working directory. Sources are copied, so the user's folder is never written to. */
export interface TerraformWorkdirOptions {
  /** Folder with the artifact's sources. */
  readonly sources: string;
  /** Folder to make; it must not exist, or was made by this call before. */
  readonly directory: string;
  readonly access: CloudAccess;
  /** Variables, written to a file of mode 0600. */
  readonly variables: JsonObject;
  /** Where local state lives; ignored when the sources bring a `backend` block. */
  readonly statePath: string;
  /** Resources to import: tool address to the cloud's id. */
  readonly imports?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** The machine-readable plan (`show -json PLANFILE`), format version 1. Parsed and checked where it is used. */
export interface TerraformPlan {
  readonly planFile: string;
  /** `sha256:…` over the plan file's bytes. */
  readonly digest: string;
  readonly json: Json;
  /** Human-readable text of the plan, with sensitive values masked by the tool. */
  readonly text: string;
}

export interface TerraformPlanOptions {
  readonly mode: 'normal' | 'refresh-only' | 'destroy';
  /** False skips reading the cloud first. Default true. */
  readonly refresh?: boolean;
  readonly signal: AbortSignal;
  /** Readable text, line by line. */
  readonly onLine?: (line: string) => void;
  readonly onEvent?: (event: TerraformEvent) => void;
  /** Called once the child exists, before anything else happens. */
  readonly onStart?: (child: { readonly pid: number; readonly startTime: string }) => void;
}

export interface TerraformApplyOptions {
  /** The very plan file to run; its digest is checked on the copy that is executed. */
  readonly planFile: string;
  readonly expectedDigest: string;
  readonly signal: AbortSignal;
  readonly onLine?: (line: string) => void;
  readonly onEvent?: (event: TerraformEvent) => void;
  /** The tool's raw output goes to this file and is read from there, so that the tool outlives this process. */
  readonly outputFile?: string;
  readonly onStart?: (child: { readonly pid: number; readonly startTime: string }) => void;
}

/** OpenTofu or Terraform, whichever was found; OpenTofu preferred. Errors: `tool-missing`, `tool-too-old`, `tool-failed`, `plan-failed`. */
export interface TerraformTool {
  /** The tool's path, name and version. */
  identify(): Promise<{ readonly path: string; readonly name: 'tofu' | 'terraform'; readonly version: string }>;
  prepare(options: TerraformWorkdirOptions): Promise<TerraformWorkdir>;
  plan(workdir: TerraformWorkdir, options: TerraformPlanOptions): Promise<TerraformPlan>;
  apply(workdir: TerraformWorkdir, options: TerraformApplyOptions): Promise<void>;
  /** `show -json` of the current state; null when there is none. */
  state(workdir: TerraformWorkdir, signal: AbortSignal): Promise<Json>;
  /** Serial and lineage of the current state; null when there is none. */
  stateIdentity(workdir: TerraformWorkdir, signal: AbortSignal): Promise<TerraformStateIdentity | null>;
  /** Output values with their sensitivity. */
  outputs(
    workdir: TerraformWorkdir,
    signal: AbortSignal,
  ): Promise<Record<string, { readonly value: Json; readonly sensitive: boolean }>>;
  /** `providers schema -json`, cached by provider version. */
  providerSchemas(workdir: TerraformWorkdir, signal: AbortSignal): Promise<Json>;
}
