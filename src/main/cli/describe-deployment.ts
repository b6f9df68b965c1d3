import type { Deployment, PlanNode } from '#shared/model/index.ts';
import { problemLine, table } from './output.ts';

/** A deployment as a text: where it stands, its steps in their order, what is wrong and what happens next. */
export function describeDeployment(deployment: Deployment): string {
  const { id, state, blueprint, version, environment, target, nodes } = deployment;
  const rows = nodes.map((node) => [node.stage, node.id, node.state, node.planned, changesOf(node)]);
  const problems = [...deployment.problems, ...nodes.flatMap(({ problem }) => problem ?? [])];
  return [
    `${id}: ${state}`,
    `${blueprint} ${version} → ${environment} (${target.cloud}/${target.account}/${target.region})`,
    ...(rows.length === 0 ? [] : [table(['stage', 'step', 'state', 'planned', 'changes'], rows)]),
    ...new Set(problems.map(problemLine)),
    ...(state === 'AWAITING_APPROVAL' ? ['A person decides on the review screen.'] : []),
  ].join('\n');
}

/** Exact, or what the envelope of a deferred step bounds it to. */
function changesOf({ planned, changes, envelope }: PlanNode): string {
  if (planned === 'exact' || envelope === null) return String(changes.length);
  const most = envelope.counts.reduce<number | null>(
    (sum, { max }) => (sum === null || max === null ? null : sum + max),
    0,
  );
  return most === null ? `${envelope.addresses.length} or more` : `at most ${most}`;
}
