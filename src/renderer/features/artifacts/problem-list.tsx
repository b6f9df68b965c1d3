import type { ReactElement } from 'react';
import type { Problem } from '#shared/model/index.ts';
import { StatusBadge, type StatusTone } from '../../ui/index.ts';

const tones: Record<Problem['severity'], StatusTone> = { error: 'bad', warning: 'attention', info: 'info' };

function placeOf(problem: Problem): string {
  if (problem.file === null) return '';
  const line = problem.line === null ? '' : `:${problem.line}${problem.column === null ? '' : `:${problem.column}`}`;
  return `${problem.file}${line}`;
}

/** What could not be read: where, what, what to do. */
export function ProblemList({ problems, label }: { problems: readonly Problem[]; label: string }): ReactElement {
  return (
    <ul aria-label={label} style={{ margin: 0, padding: 0, listStyle: 'none' }}>
      {problems.map((problem, index) => (
        <li key={`${placeOf(problem)} ${problem.code} ${String(index)}`} style={{ padding: '4px 0' }}>
          <StatusBadge tone={tones[problem.severity]}>{problem.severity}</StatusBadge>{' '}
          <span className="gp-mono">{placeOf(problem)}</span> {problem.message}{' '}
          <span className="gp-dimmed">{problem.advice}</span>
        </li>
      ))}
    </ul>
  );
}
