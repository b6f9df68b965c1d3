import type { Deployment, PlanNode } from '#shared/model/index.ts';
import type { Context } from './context.ts';
import type { DeploymentRecord, NodeRecord } from './journal/index.ts';

const noEstimate = { p50: null, p90: null, samples: 0, unknown: 0 };

/** A deployment as screens, command line and agents see it: secrets masked. Lists leave attributes out. */
export async function toDeployment(
  context: Context,
  record: DeploymentRecord,
  options: { readonly attributes: boolean } = { attributes: true },
): Promise<Deployment> {
  const nodes: PlanNode[] = [];
  for (const node of record.nodes) nodes.push(await toPlanNode(context, record, { node, ...options }));
  return {
    id: record.id,
    kind: record.kind,
    environment: record.environment,
    blueprint: record.blueprint,
    version: record.version,
    target: record.target,
    state: record.state,
    proposedBy: record.proposedBy,
    reason: record.reason,
    approvedBy: record.approval?.by ?? null,
    proposedAt: record.proposedAt,
    approvedAt: record.approval?.at ?? null,
    startedAt: record.startedAt,
    finishedAt: record.finishedAt,
    estimate: record.plan?.estimate ?? noEstimate,
    nodes,
    problems: [...record.problems],
  };
}

async function toPlanNode(
  context: Context,
  record: DeploymentRecord,
  from: { readonly node: NodeRecord; readonly attributes: boolean },
): Promise<PlanNode> {
  const { plan, ...node } = from.node;
  const readable = plan.document === null ? null : await context.plans.document(plan.document);
  const changes = readable?.changes ?? [];
  return {
    id: plan.id,
    use: plan.use,
    runner: 'terraform',
    boundary: plan.boundary,
    stage: plan.stage,
    after: [...plan.after],
    state: node.state,
    planned: plan.planned,
    digest: plan.planFile,
    changes: from.attributes ? changes : changes.map((change) => ({ ...change, attributes: [] })),
    envelope: plan.envelope,
    estimate: plan.estimate,
    startedAt: node.startedAt,
    finishedAt: node.finishedAt,
    attempts: node.attempts,
    problem: node.problem,
    outputs: outputsOf(context, record, { node: from.node, planned: readable?.outputs ?? [] }),
  };
}

function outputsOf(
  context: Context,
  record: DeploymentRecord,
  from: { readonly node: NodeRecord; readonly planned: PlanNode['outputs'] },
): PlanNode['outputs'] {
  const { state, plan } = from.node;
  if (!['DONE', 'OUTPUTS_SAVED', 'NOOP'].includes(state)) return from.planned;
  const saved = context.journal.tables.outputsShown(record.environment).get(plan.id) ?? {};
  return Object.entries(saved).map(([name, { value, sensitive }]) => ({
    name,
    value: sensitive ? null : value,
    mark: sensitive ? ('sensitive' as const) : ('known' as const),
  }));
}
