import { useState, type ReactElement } from 'react';
import type { Deployment } from '#shared/model/index.ts';
import { durationText, PartialNotice, useNow } from '../../../ui/index.ts';
import { RunLog } from './run-log.tsx';
import { StepGraph } from './step-graph.tsx';
import { StepOutcome } from './step-outcome.tsx';
import classes from './run.module.css';

/** A deployment while it runs and afterwards: steps, timing against the estimate, outcome and log. */
export function DeploymentRun({ deployment }: { deployment: Deployment }): ReactElement {
  const [selected, setSelected] = useState<string | null>(null);
  const now = useNow(1000);
  const node = deployment.nodes.find((one) => one.id === selected) ?? null;
  const { startedAt, finishedAt, estimate } = deployment;
  return (
    <div className={classes.run}>
      <p className={classes.dim}>
        {startedAt === null
          ? 'Not started'
          : `${durationText((finishedAt ?? now) - startedAt)} ${finishedAt === null ? 'so far' : 'in all'}`}
        {estimate.p50 === null || estimate.p90 === null
          ? ' · no history yet'
          : ` · about ${durationText(estimate.p50 * 1000)} expected (p90 ${durationText(estimate.p90 * 1000)}, ${estimate.samples} earlier measurements)`}
      </p>
      {deployment.problems.map((problem) => (
        <PartialNotice key={`${problem.code} ${problem.node ?? ''} ${problem.message}`}>
          {problem.node !== null && <strong>{problem.node}: </strong>}
          {problem.message} {problem.advice}
        </PartialNotice>
      ))}
      <StepGraph
        nodes={deployment.nodes}
        selected={selected}
        onSelect={(id) => setSelected(id === selected ? null : id)}
      />
      {node !== null && <StepOutcome node={node} />}
      <RunLog id={deployment.id} node={selected} />
    </div>
  );
}
