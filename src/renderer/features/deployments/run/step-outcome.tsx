import type { ReactElement } from 'react';
import type { PlanNode } from '#shared/model/index.ts';
import { KeyValues, PartialNotice, Text } from '../../../ui/index.ts';
import classes from './run.module.css';

/** What is known of one step: its problem, its outputs. */
export function StepOutcome({ node }: { node: PlanNode }): ReactElement {
  return (
    <section aria-label={`Step ${node.id}`} className={classes.outcome}>
      <h2>{node.id}</h2>
      {node.problem !== null && (
        <PartialNotice>
          {node.problem.message} {node.problem.advice}
        </PartialNotice>
      )}
      {node.attempts > 1 && <Text c="dimmed">{`${node.attempts} attempts`}</Text>}
      {node.outputs.length === 0 ? (
        <Text c="dimmed">It has no outputs{node.state === 'DONE' || node.state === 'NOOP' ? '' : ' yet'}.</Text>
      ) : (
        <KeyValues
          entries={node.outputs.map((output) => [
            output.name,
            output.mark === 'sensitive'
              ? '(sensitive)'
              : output.mark === 'later'
                ? '(computed later)'
                : typeof output.value === 'string'
                  ? output.value
                  : JSON.stringify(output.value),
          ])}
        />
      )}
    </section>
  );
}
