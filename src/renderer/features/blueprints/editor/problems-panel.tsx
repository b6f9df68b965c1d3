import type { ReactElement } from 'react';
import type { Problem } from '#shared/model/index.ts';
import { useCanvasStore } from '../../../canvas/index.ts';
import { StatusBadge, type StatusTone } from '../../../ui/index.ts';
import classes from './editor.module.css';

const tones: Record<Problem['severity'], StatusTone> = { error: 'bad', warning: 'attention', info: 'info' };

/** `2 errors, 1 warning`, or `no problems`. */
export function countProblems(problems: readonly Problem[]): string {
  const count = (severity: Problem['severity']) => problems.filter((problem) => problem.severity === severity).length;
  const parts = [
    { number: count('error'), word: 'error' },
    { number: count('warning'), word: 'warning' },
    { number: count('info'), word: 'note' },
  ]
    .filter(({ number }) => number > 0)
    .map(({ number, word }) => `${number} ${word}${number === 1 ? '' : 's'}`);
  return parts.length === 0 ? 'no problems' : parts.join(', ');
}

/** Everything that keeps the blueprint from being published; each leads to its node and field. */
export function ProblemsPanel({ problems }: { problems: readonly Problem[] }): ReactElement {
  const store = useCanvasStore();
  return (
    <section className={classes.problems} aria-label="Problems">
      <strong>{`Problems: ${countProblems(problems)}`}</strong>
      <ul>
        {problems.map((problem, index) => (
          <li key={`${problem.code} ${problem.field ?? ''} ${String(index)}`}>
            <button
              type="button"
              className={classes.problem}
              onClick={() => store.getState().fieldAsked(problem.field ?? '', problem.node)}
            >
              <StatusBadge tone={tones[problem.severity]}>{problem.severity}</StatusBadge>
              <span>
                {problem.message}
                {problem.advice !== null && <span className="gp-dimmed">{` ${problem.advice}`}</span>}
                {problem.line !== null && <span className="gp-dimmed">{` (line ${problem.line})`}</span>}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
