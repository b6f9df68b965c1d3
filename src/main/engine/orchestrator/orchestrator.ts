import { toAppError } from '#shared/errors/index.ts';
import type { Call, DeploymentsService, GraphOverlay, RunningEnvironment } from '../ports/index.ts';
import type { Context, OrchestratorDeps } from './context.ts';
import { createDeploymentLogs } from './deployment-log.ts';
import { environmentStates, journalOverlay, runningEnvironment, type EnvironmentState } from './environments.ts';
import { openJournal } from './journal/index.ts';
import { createLifecycle } from './lifecycle.ts';
import { createPlanStore } from './planning/plan-store.ts';
import { createToolIdentity } from './planning/tool-digest.ts';
import { recordProposal } from './propose.ts';
import { createRedaction, type Redaction } from './redaction.ts';
import { createService } from './service.ts';
import { createTasks } from './tasks.ts';
import { expireOld } from './tidy.ts';
import { toDeployment } from './to-deployment.ts';

/** Plans, approves and runs deployments of one workspace, and says what they left behind. */
export interface Orchestrator {
  readonly deployments: DeploymentsService;
  /** What deployments lay over the map. */
  overlay(): Pick<GraphOverlay, 'deployments' | 'environments' | 'managed' | 'changed'>;
  environments(): readonly EnvironmentState[];
  /** An environment's steps with the values they run with. Throws `not-found`. */
  running(environment: string): Promise<RunningEnvironment>;
  /** Proposes to put an environment back as it was deployed; it needs an approval like any other. */
  proposeRevert(
    request: { readonly environment: string; readonly reason: string },
    call: Call,
  ): ReturnType<DeploymentsService['propose']>;
  waitingApprovals(): number;
  /** Asks what runs to stop, waits a while for it, closes the journal. What still runs is found again at the next start. */
  close(): Promise<void>;
}

const closingWaitMs = 20_000;

/**
 * Opens the journal, takes up what a restart interrupted, and answers. Nothing here waits for a cloud or a tool:
 * recovery goes on in the background and is told like everything else.
 */
export function openOrchestrator(deps: OrchestratorDeps): Orchestrator {
  const { workspace, logger } = deps;
  const { paths } = workspace;
  const journal = openJournal({ file: paths.journal, keysFolder: paths.keys, clock: deps.clock });
  if (journal.damage !== null) {
    workspace.notify({
      id: 'journal-damaged',
      severity: 'error',
      title: 'The journal of deployments is damaged',
      detail: `${journal.damage}. Its last good state is shown and nothing can be deployed. Move ${paths.journal} away to begin a new one, or put back a copy.`,
    });
  }
  const redactions = new Map<string, Redaction>();
  const context: Context = {
    ...deps,
    journal,
    plans: createPlanStore(paths.plans),
    logs: createDeploymentLogs(paths.logs),
    redactionOf(deployment) {
      const redaction = redactions.get(deployment) ?? createRedaction();
      redactions.set(deployment, redaction);
      return redaction;
    },
  };
  journal.onAppend((entry) => deps.events.changed(['deployments'], entry.deployment));
  let closing = false;
  const tasks = createTasks((id, thrown) => {
    const { code, message } = toAppError(thrown);
    if (!closing && code !== 'cancelled') logger.error('orchestrator.task', { deployment: id, code, message });
  });
  const lifecycle = createLifecycle(context, { tasks, toolIdentity: createToolIdentity(deps.terraformTool) });
  if (journal.damage === null && workspace.readOnly === null) lifecycle.recover();

  return {
    deployments: createService(context, lifecycle),
    overlay: () => journalOverlay(context),
    environments: () => environmentStates(context),
    running: (environment) => runningEnvironment(context, environment),
    async proposeRevert({ environment, reason }, call) {
      const { blueprint, version, target } = await runningEnvironment(context, environment);
      const proposal = {
        blueprint: `${blueprint}@${version}`,
        environment,
        target,
        inputs: {},
        reason,
        kind: 'revert' as const,
      };
      const id = await recordProposal(context, proposal, call.actor);
      lifecycle.plan(id);
      return toDeployment(context, journal.record(id));
    },
    waitingApprovals() {
      expireOld(context);
      return journal.records().filter((record) => record.state === 'AWAITING_APPROVAL').length;
    },
    async close() {
      closing = true;
      await tasks.close(closingWaitMs);
      context.logs.close();
      journal.close();
    },
  };
}
