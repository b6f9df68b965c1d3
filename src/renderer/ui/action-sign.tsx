import type { ReactElement } from 'react';
import type { ChangeAction } from '#shared/model/index.ts';
import classes from './signs.module.css';

export interface ActionLook {
  readonly mark: string;
  readonly word: string;
  /** A CSS colour. */
  readonly color: string;
  readonly surface: string;
}

/** Sign, word and colour of what a plan does; the colour never stands alone. */
export function lookOfAction(action: ChangeAction): ActionLook {
  switch (action) {
    case 'create':
      return look('+', 'create', 'create');
    case 'update':
      return look('~', 'change', 'change');
    case 'delete':
      return look('−', 'destroy', 'destroy');
    case 'replace':
      return look('±', 'replace', 'replace');
    case 'read':
      return look('≤', 'read', 'read');
    case 'import':
      return look('←', 'import', 'read');
    case 'forget':
      return look('⌀', 'forget', 'unknown');
    case 'no-op':
      return look('=', 'unchanged', 'unknown');
  }
}

function look(mark: string, word: string, meaning: string): ActionLook {
  return { mark, word, color: `var(--gp-${meaning})`, surface: `var(--gp-${meaning}-surface)` };
}

/** `+ create`, `~ change`, `− destroy`, `± replace`, with a count when given; `said` is another word for the same. */
export function ActionSign(props: {
  action: ChangeAction;
  count?: number;
  word?: boolean;
  said?: string;
}): ReactElement {
  const { mark, word: usual, color } = lookOfAction(props.action);
  const word = props.said ?? usual;
  const count = props.count === undefined ? '' : ` ${props.count}`;
  return (
    <span className={classes.sign} style={{ color }}>
      <span className={classes.mark} aria-hidden>
        {mark}
      </span>
      {props.word === false ? <span className="gp-hidden-text">{word}</span> : <span>{`${word}${count}`}</span>}
      {props.word === false && count !== '' && <span>{count}</span>}
    </span>
  );
}
