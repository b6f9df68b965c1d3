import { AppError } from '#shared/errors/index.ts';
import type { Actor, Deployment, LogLine } from '#shared/model/index.ts';
import type { Call, DeploymentsService } from '../ports/index.ts';
import { approve, assertPerson } from './approve.ts';
import type { Context } from './context.ts';
import { isExecuting, isResting, type DeploymentRecord } from './journal/index.ts';
import type { Lifecycle } from './lifecycle.ts';
import { keepSecrets, recordProposal, visibleTo } from './propose.ts';
import { reviewOf } from './review.ts';
import { createFeed } from './streams.ts';
import { expireOld, tidy } from './tidy.ts';
import { toDeployment } from './to-deployment.ts';

/** The procedures of the contract's `deployments` namespace. */
export function createService(context: Context, lifecycle: Lifecycle): DeploymentsService {
  const { journal } = context;
  const show = (id: string): Promise<Deployment> => toDeployment(context, journal.record(id));

  /** Somebody else's proposal does not exist for an agent. */
  function seen(id: string, actor: Actor): DeploymentRecord {
    expireOld(context);
    const record = journal.record(id);
    if (visibleTo(record, actor)) return record;
    throw new AppError('not-found', 'There is no deployment with this id.', { details: { id } });
  }

  return {
    async propose(proposal, call) {
      const id = await recordProposal(context, proposal, call.actor);
      lifecycle.plan(id);
      return show(id);
    },
    async list({ waiting }, call) {
      expireOld(context);
      const shown = journal
        .records()
        .filter((record) => visibleTo(record, call.actor))
        .filter((record) => !waiting || record.state === 'AWAITING_APPROVAL')
        .sort((one, other) => other.proposedAt - one.proposedAt);
      return Promise.all(shown.map((record) => toDeployment(context, record, { attributes: false })));
    },
    get: ({ id }, call) => toDeployment(context, seen(id, call.actor)),
    async *watch({ id }, call) {
      seen(id, call.actor);
      const feed = createFeed<null>(call.signal);
      const stop = journal.onAppend((entry) => {
        if (entry.deployment === id) feed.push(null);
      });
      try {
        feed.push(null);
        for await (const _change of feed) {
          const record = journal.record(id);
          yield await toDeployment(context, record);
          if (isResting(record.state) && journal.record(id).state === record.state) return;
        }
      } finally {
        stop();
        feed.end();
      }
    },
    review: ({ id }, call) => reviewOf(context, seen(id, call.actor)),
    async planText({ id, node }, call) {
      const found = seen(id, call.actor).nodes.find((one) => one.plan.id === node);
      if (found === undefined) {
        throw new AppError('not-found', `This deployment has no step ${node}.`, { details: { id, node } });
      }
      if (found.plan.document !== null) return { text: (await context.plans.document(found.plan.document)).text };
      return {
        text: found.plan.planned === 'deferred' ? 'It is planned once the steps before it are done.' : 'Nothing to do.',
      };
    },
    async fillInputs({ id, values }, call) {
      assertPerson(call.actor, 'fill in what is asked of a person');
      context.workspace.assertWritable();
      const record = seen(id, call.actor);
      assertNotExecuting(record, 'filled in');
      const release = await context.releases.resolve(`${record.blueprint}@${record.version}`);
      const proposal = { environment: record.environment, inputs: values };
      const given = await keepSecrets(context, { release, proposal, actor: call.actor });
      journal.append(id, { type: 'inputs-filled', given, by: call.actor });
      await lifecycle.planAgain(id);
      return show(id);
    },
    async approve(request, call) {
      assertPerson(call.actor, 'approve a deployment');
      context.workspace.assertWritable();
      seen(request.id, call.actor);
      await approve(context, request, call.actor);
      context.killPoint('at-approval');
      lifecycle.execute(request.id);
      return show(request.id);
    },
    async reject({ id, reason }, call) {
      assertPerson(call.actor, 'reject a deployment');
      const record = seen(id, call.actor);
      assertNotExecuting(record, 'rejected');
      await lifecycle.stop(id);
      const now = journal.record(id);
      assertNotExecuting(now, 'rejected');
      if (['SUCCEEDED', 'REJECTED', 'SUPERSEDED'].includes(now.state)) throw isOver(now);
      journal.append(id, { type: 'state', state: 'REJECTED', by: call.actor, evidence: { reason } });
      await tidy(context, now);
      return show(id);
    },
    async replan({ id }, call) {
      const record = seen(id, call.actor);
      assertNotExecuting(record, 'planned again');
      if (['SUCCEEDED', 'REJECTED'].includes(record.state)) throw isOver(record);
      await lifecycle.planAgain(id);
      return show(id);
    },
    async cancel({ id }, call) {
      const record = seen(id, call.actor);
      if (call.actor.kind === 'agent') throw new AppError('forbidden', 'An agent does not cancel deployments.');
      await lifecycle.cancel(id, call.actor);
      return toDeployment(context, journal.record(record.id));
    },
    async resume({ id }, call) {
      assertPerson(call.actor, 'resume a deployment');
      context.workspace.assertWritable();
      const record = seen(id, call.actor);
      if (!['PARTIAL', 'CANCELLED', 'NEEDS_OPERATOR', 'NEEDS_REAPPROVAL'].includes(record.state)) throw isOver(record);
      lifecycle.resume(id);
      return show(id);
    },
    logs: ({ id, node, after, limit }, call) => {
      seen(id, call.actor);
      return context.logs.read(id, { node, after, limit });
    },
    followLogs: ({ id, after }, call) => followLogs(context, { id: seen(id, call.actor).id, after }, call),
  };
}

function assertNotExecuting(record: DeploymentRecord, done: string): void {
  if (!isExecuting(record.state)) return;
  throw new AppError('conflict', `It is running and cannot be ${done} now.`, {
    advice: 'Cancel it first, or wait until it is done.',
    details: { state: record.state },
  });
}

function isOver(record: DeploymentRecord): AppError {
  return new AppError('conflict', `The deployment is ${record.state}; there is nothing left to do with it.`, {
    details: { state: record.state },
  });
}

async function* followLogs(
  context: Context,
  from: { readonly id: string; readonly after: number },
  call: Call,
): AsyncGenerator<LogLine> {
  const feed = createFeed<LogLine>(call.signal);
  const stopLines = context.logs.subscribe(from.id, (line) => feed.push(line));
  const stopStates = context.journal.onAppend((entry) => {
    if (entry.deployment === from.id && isResting(context.journal.record(from.id).state))
      setImmediate(() => feed.end());
  });
  try {
    let last = from.after;
    for (let more = true; more;) {
      const page = await context.logs.read(from.id, { node: null, after: last, limit: 1000 });
      for (const line of page.lines) {
        last = line.sequence;
        yield line;
      }
      more = page.more;
    }
    if (isResting(context.journal.record(from.id).state)) feed.end();
    for await (const line of feed) {
      if (line.sequence <= last) continue;
      last = line.sequence;
      yield line;
    }
  } finally {
    stopLines();
    stopStates();
    feed.end();
  }
}
