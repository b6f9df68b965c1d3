import type { Actor } from '#shared/model/index.ts';
import type { Context } from './context.ts';
import { executeDeployment, executeSteps, executionBroke } from './execution/execute.ts';
import { recoverSteps } from './execution/recover.ts';
import { isExecuting, isNodeDone, isResting, type DeploymentRecord } from './journal/index.ts';
import { planDeployment } from './planning/plan-deployment.ts';
import type { ToolIdentity } from './planning/tool-digest.ts';
import type { Tasks } from './tasks.ts';
import { tidy } from './tidy.ts';

/** What is done with deployments in the background. */
export interface Lifecycle {
  plan(id: string): void;
  /** Stops a planning that goes on, then plans from the beginning. */
  planAgain(id: string): Promise<void>;
  execute(id: string): void;
  resume(id: string): void;
  cancel(id: string, by: Actor): Promise<void>;
  /** Stops a planning that goes on. */
  stop(id: string): Promise<void>;
  /** Takes up everything that a restart interrupted. */
  recover(): void;
}

interface LifecycleOptions {
  readonly tasks: Tasks;
  readonly toolIdentity: () => Promise<ToolIdentity>;
}

export function createLifecycle(context: Context, { tasks, toolIdentity }: LifecycleOptions): Lifecycle {
  const { journal } = context;

  const planning = (id: string) => (signal: AbortSignal) => planDeployment(context, id, { toolIdentity, signal });
  const executing = (id: string) => async (signal: AbortSignal) => {
    try {
      await executeDeployment(context, id, { toolIdentity, signal });
    } catch (thrown) {
      await executionBroke(context, id, { thrown, cancelled: signal.aborted });
    }
  };

  async function resumeExecution(id: string, signal: AbortSignal): Promise<void> {
    try {
      // A step whose run nobody could look at yet is looked at before anything is started again.
      await recoverSteps(context, id, { signal });
    } catch (thrown) {
      await executionBroke(context, id, { thrown, cancelled: signal.aborted });
      return;
    }
    openAgain(context, journal.record(id));
    await executing(id)(signal);
  }

  async function stop(id: string): Promise<void> {
    if (!isExecuting(journal.record(id).state)) tasks.stop(id);
    await tasks.settled(id);
  }

  return {
    plan: (id) => tasks.start(id, planning(id)),
    async planAgain(id) {
      await stop(id);
      tasks.start(id, planning(id));
    },
    execute: (id) => tasks.start(id, executing(id)),
    resume(id) {
      tasks.start(id, async (signal) => {
        const record = journal.record(id);
        if (record.approval !== null && record.state !== 'NEEDS_REAPPROVAL') {
          await resumeExecution(id, signal);
        }
        // What moved meanwhile needs a new plan, and a new approval.
        const { state } = journal.record(id);
        if ((state === 'NEEDS_REAPPROVAL' || state === 'EXPIRED' || record.approval === null) && !signal.aborted) {
          await planning(id)(signal);
        }
      });
    },
    async cancel(id, by) {
      const { state } = journal.record(id);
      if (isExecuting(state)) {
        if (state !== 'CANCELLING') journal.append(id, { type: 'state', state: 'CANCELLING', by });
        if (!tasks.stop(id)) tasks.start(id, executing(id));
        return;
      }
      if (isResting(state)) return;
      await stop(id);
      const { startedAt } = journal.append(id, { type: 'state', state: 'CANCELLED', by });
      if (startedAt === null) await tidy(context, journal.record(id));
    },
    stop,
    recover() {
      for (const record of journal.records()) {
        if (isResting(record.state)) continue;
        tasks.start(record.id, (signal) => takeUp(context, record, { signal, planning, executing }));
      }
    },
  };
}

/** Steps that did not get done wait again; those that did stay as they are. */
function openAgain(context: Context, record: DeploymentRecord): void {
  for (const node of record.nodes) {
    if (isNodeDone(node.state)) continue;
    const deferred = node.plan.envelope !== null;
    const state = deferred ? 'DEFERRED' : 'PENDING';
    context.journal.append(record.id, { type: 'node', step: node.plan.id, state });
  }
}

type Work = (id: string) => (signal: AbortSignal) => Promise<void>;

async function takeUp(
  context: Context,
  record: DeploymentRecord,
  options: { readonly signal: AbortSignal; readonly planning: Work; readonly executing: Work },
): Promise<void> {
  const { journal } = context;
  const { id } = record;
  const { signal } = options;
  const interrupted = record.state === 'RECOVERING' ? record.stateBeforeRecovery : record.state;
  switch (interrupted) {
    case 'AWAITING_APPROVAL':
      if (!(await plansAreThere(context, record))) await options.planning(id)(signal);
      return;
    case 'APPROVED':
    case 'PREFLIGHT':
      await options.executing(id)(signal);
      return;
    case 'EXECUTING':
    case 'CANCELLING': {
      journal.append(id, { type: 'state', state: 'RECOVERING' });
      try {
        const access = await recoverSteps(context, id, { signal });
        const goesOn = interrupted === 'EXECUTING';
        if (goesOn) journal.append(id, { type: 'state', state: 'EXECUTING' });
        await executeSteps(context, id, { access, signal: goesOn ? signal : AbortSignal.abort() });
      } catch (thrown) {
        await executionBroke(context, id, { thrown, cancelled: signal.aborted });
      }
      return;
    }
    default:
      await options.planning(id)(signal);
  }
}

async function plansAreThere(context: Context, record: DeploymentRecord): Promise<boolean> {
  try {
    for (const { plan } of record.nodes) {
      if (plan.planFile !== null) await context.plans.check(plan.planFile);
      if (plan.document !== null) await context.plans.document(plan.document);
    }
    return true;
  } catch (thrown) {
    context.logger.warn('orchestrator.plan-lost', { deployment: record.id, message: String(thrown) });
    return false;
  }
}
