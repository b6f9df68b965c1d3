import { useState, type ReactElement, type ReactNode } from 'react';
import { Button, Text } from '../../../ui/index.ts';
import classes from './questions.module.css';

const step = 50;

/** The resources of an answer, some dozens at a time; what the engine counted but did not tell is said at the end. */
export function AnswerList<Item extends { readonly id: string }>(props: {
  label: string;
  items: readonly Item[];
  total: number;
  children: (item: Item) => ReactNode;
}): ReactElement {
  const { items, total } = props;
  const [shown, setShown] = useState(step);
  const left = Math.min(items.length, shown) < items.length;
  return (
    <>
      <ul className={classes.answers} aria-label={props.label}>
        {items.slice(0, shown).map((item) => (
          <li key={item.id}>{props.children(item)}</li>
        ))}
      </ul>
      {left && (
        <Button variant="default" onClick={() => setShown(shown + 4 * step)}>
          Show more of {items.length.toLocaleString('en')}
        </Button>
      )}
      {!left && total > items.length && (
        <Text c="dimmed">
          {(total - items.length).toLocaleString('en')} more are counted and not listed; narrow the question.
        </Text>
      )}
    </>
  );
}
