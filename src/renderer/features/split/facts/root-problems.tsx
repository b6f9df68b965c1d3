import type { ReactElement } from 'react';
import type { Problem } from '#shared/model/index.ts';
import { PartialNotice } from '../../../ui/index.ts';
import classes from '../split.module.css';

function placeOf({ file, line, column }: Problem): string {
  return [file, line, column].filter((part) => part !== null).join(':');
}

function List({ problems }: { problems: readonly Problem[] }): ReactElement {
  return (
    <ul className={classes.problems}>
      {problems.map((problem) => (
        <li key={`${problem.code} ${placeOf(problem)} ${problem.message}`}>
          {placeOf(problem) !== '' && <span className="gp-mono">{placeOf(problem)} </span>}
          {problem.message} {problem.advice}
        </li>
      ))}
    </ul>
  );
}

/** What of the root could not be read or stands in the way, and what is worth knowing. */
export function RootProblems({ problems }: { problems: readonly Problem[] }): ReactElement | null {
  const grave = problems.filter(({ severity }) => severity === 'error');
  const others = problems.filter(({ severity }) => severity !== 'error');
  if (problems.length === 0) return null;
  return (
    <>
      {grave.length > 0 && (
        <PartialNotice>
          <strong>The parts cannot be written while this is so; the rest is divided.</strong>
          <List problems={grave} />
        </PartialNotice>
      )}
      {others.length > 0 && (
        <details className={classes.remarks}>
          <summary>{others.length === 1 ? '1 remark' : `${others.length} remarks`} about the root</summary>
          <List problems={others} />
        </details>
      )}
    </>
  );
}
