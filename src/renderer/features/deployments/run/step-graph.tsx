import type { ReactElement } from 'react';
import type { PlanNode } from '#shared/model/index.ts';
import { durationText, StatusBadge, useNow } from '../../../ui/index.ts';
import { nodeLook } from '../state-look.ts';
import classes from './run.module.css';

interface StepGraphProps {
  nodes: readonly PlanNode[];
  selected: string | null;
  onSelect: (id: string) => void;
}

/** The steps by stage, left to right: what stands in one column may run side by side. */
export function StepGraph({ nodes, selected, onSelect }: StepGraphProps): ReactElement {
  const now = useNow(1000);
  const stages = [...new Set(nodes.map((node) => node.stage))].sort((one, other) => one - other);
  return (
    <ol className={classes.stages} aria-label="Steps by stage">
      {stages.map((stage) => (
        <li key={stage} className={classes.stage}>
          {nodes
            .filter((node) => node.stage === stage)
            .map((node) => (
              <Step key={node.id} node={node} now={now} selected={node.id === selected} onSelect={onSelect} />
            ))}
        </li>
      ))}
    </ol>
  );
}

function Step(props: { node: PlanNode; now: number; selected: boolean; onSelect: (id: string) => void }): ReactElement {
  const { node, now } = props;
  const look = nodeLook(node.state);
  const changes = node.planned === 'exact' ? node.changes.length : (node.envelope?.addresses.length ?? 0);
  return (
    <button
      type="button"
      className={classes.step}
      aria-pressed={props.selected}
      onClick={() => props.onSelect(node.id)}
    >
      <span className={classes.stepTitle}>
        <strong>{node.id}</strong>
        <StatusBadge tone={look.tone}>{look.text}</StatusBadge>
      </span>
      <span className={classes.dim}>{node.use}</span>
      <span className={classes.dim}>
        {node.planned === 'exact' ? `${changes} changes` : `up to ${changes} changes`}
        {timing(node, now)}
      </span>
    </button>
  );
}

/** How long it took or takes, against what was expected. */
function timing(node: PlanNode, now: number): string {
  const expected =
    node.estimate.p50 === null ? 'no history yet' : `about ${durationText(node.estimate.p50 * 1000)} expected`;
  if (node.startedAt === null) return ` · ${expected}`;
  return ` · ${durationText((node.finishedAt ?? now) - node.startedAt)}, ${expected}`;
}
