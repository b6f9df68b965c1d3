import type { ReactElement } from 'react';
import { CloseButton } from '../../ui/index.ts';
import classes from './estate.module.css';

/** Three lines for somebody who sees an estate for the first time. */
export function SampleHint({ onClose }: { onClose: () => void }): ReactElement {
  return (
    <div className={classes.hint} role="note">
      <ol>
        <li>The tree on the left filters by account and region; the table, the graph and the list show the same.</li>
        <li>A row’s facts and relationships stand on the right; every relationship leads on.</li>
        <li>
          Tick the production account’s two regions in the tree and choose “Make a blueprint from these” to pull their
          pattern out.
        </li>
      </ol>
      <CloseButton aria-label="Close the hint" onClick={onClose} />
    </div>
  );
}
