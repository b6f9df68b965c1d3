import type { DeploymentState, NodeState } from '#shared/model/index.ts';
import type { JournalEvent, PlannedStep } from './events.ts';
import { isNodeOver, isResting, type DeploymentRecord, type NodeRecord } from './record.ts';

interface Happened {
  readonly deployment: string;
  readonly at: number;
  readonly event: JournalEvent;
}

/** The state of a deployment after one more event: a pure function, so a restart sees what was seen before it. */
export function replay(record: DeploymentRecord | null, { deployment, at, event }: Happened): DeploymentRecord | null {
  if (event.type === 'proposed') return proposed(deployment, at, event);
  // A journal cut short at its beginning may lack the proposal; what follows cannot be told without it.
  if (record === null) return null;
  switch (event.type) {
    case 'inputs-filled':
      return {
        ...record,
        given: { ...record.given, ...event.given },
        givenBy: { ...record.givenBy, ...Object.fromEntries(Object.keys(event.given).map((name) => [name, 'person'])) },
      };
    case 'planning':
      return { ...record, state: 'PLANNING', round: event.round, approval: null, problems: [], finishedAt: null };
    case 'planned': {
      const { type: _type, steps, state, problems, ...plan } = event;
      return { ...record, state, plan, plannedAt: at, nodes: steps.map(freshNode), problems };
    }
    case 'approved': {
      const { type: _type, ...approval } = event;
      return { ...record, state: 'APPROVED', approval: { ...approval, at } };
    }
    case 'state':
      return withState(record, event.state, { at, problems: event.problems ?? null });
    case 'node':
      return {
        ...record,
        nodes: record.nodes.map((node) => (node.plan.id === event.step ? moved(node, at, event) : node)),
      };
  }
}

function proposed(id: string, at: number, event: Extract<JournalEvent, { type: 'proposed' }>): DeploymentRecord {
  const { type: _type, by, ...rest } = event;
  return {
    ...rest,
    id,
    proposedBy: by,
    proposedAt: at,
    state: 'PROPOSED',
    stateBeforeRecovery: null,
    round: 0,
    plan: null,
    plannedAt: null,
    nodes: [],
    approval: null,
    startedAt: null,
    finishedAt: null,
    problems: [],
  };
}

function freshNode(plan: PlannedStep): NodeRecord {
  return {
    plan,
    state: plan.planned === 'deferred' ? 'DEFERRED' : 'PENDING',
    attempts: 0,
    run: null,
    startedAt: null,
    finishedAt: null,
    problem: null,
  };
}

function withState(
  record: DeploymentRecord,
  state: DeploymentState,
  change: { readonly at: number; readonly problems: DeploymentRecord['problems'] | null },
): DeploymentRecord {
  return {
    ...record,
    state,
    stateBeforeRecovery: state === 'RECOVERING' ? (record.stateBeforeRecovery ?? record.state) : null,
    startedAt: state === 'PREFLIGHT' ? (record.startedAt ?? change.at) : record.startedAt,
    finishedAt: isResting(state) ? change.at : null,
    problems: change.problems ?? record.problems,
  };
}

function moved(node: NodeRecord, at: number, event: Extract<JournalEvent, { type: 'node' }>): NodeRecord {
  const begins: readonly NodeState[] = ['READY', 'REPLANNED', 'PLAN_CHECKED', 'INTENT'];
  return {
    plan: event.replanned ?? node.plan,
    state: event.state,
    attempts: event.attempt ?? node.attempts,
    run: event.run ?? (event.state === 'INTENT' ? null : node.run),
    startedAt: node.startedAt ?? (begins.includes(event.state) ? at : null),
    finishedAt: isNodeOver(event.state) ? at : null,
    problem: event.problem ?? (isNodeOver(event.state) && event.state !== 'DONE' ? node.problem : null),
  };
}
