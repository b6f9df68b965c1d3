import type { BlastRadius, Problem, Target } from '#shared/model/index.ts';
import type {
  Clock,
  CloudAccessSource,
  EnvironmentFiles,
  EventSink,
  GraphBuilder,
  Logger,
  Processes,
  ReleaseSource,
  SecretSource,
  TerraformTool,
  Workspace,
} from '../ports/index.ts';
import type { DeploymentLogs } from './deployment-log.ts';
import type { Journal } from './journal/index.ts';
import type { PlanStore } from './planning/plan-store.ts';
import type { Redaction } from './redaction.ts';

/** What the orchestrator needs from outside. */
export interface OrchestratorDeps {
  readonly workspace: Workspace;
  readonly processes: Processes;
  readonly terraformTool: TerraformTool;
  readonly cloudAccess: CloudAccessSource;
  readonly secrets: SecretSource;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly events: EventSink;
  readonly graphBuilder: GraphBuilder;
  readonly releases: ReleaseSource;
  readonly environments: EnvironmentFiles;
  /** Existing resources reached from what a plan changes; `ids` are cloud ids or ARNs, none when only creating. */
  readonly blastRadius: (
    request: { readonly ids: readonly string[]; readonly target: Target },
    signal: AbortSignal,
  ) => Promise<BlastRadius>;
  /** Dies at a named point, in fault tests only. */
  readonly killPoint: (name: string) => void;
  /** Milliseconds an approval is good for; by default a day. */
  readonly approvalLifetimeMs?: number;
}

/** The same with what the orchestrator keeps itself. */
export interface Context extends OrchestratorDeps {
  readonly journal: Journal;
  readonly plans: PlanStore;
  readonly logs: DeploymentLogs;
  /** The secrets of one deployment, for keeping them out of logs and messages. */
  readonly redactionOf: (deployment: string) => Redaction;
}

/** How many steps run side by side. */
export const parallelSteps = 4;

/** A problem of a deployment or step, in the form screens show. */
export function problemOf(options: {
  readonly code: string;
  readonly message: string;
  readonly advice?: string | null;
  readonly node?: string | null;
  readonly file?: string | null;
  readonly line?: number | null;
}): Problem {
  return {
    severity: 'error',
    code: options.code,
    message: options.message,
    advice: options.advice ?? null,
    file: options.file ?? null,
    line: options.line ?? null,
    column: null,
    field: null,
    node: options.node ?? null,
  };
}
