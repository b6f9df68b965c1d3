import type { ReactElement } from 'react';
import { CopyButton } from './copy-button.tsx';
import classes from './key-values.module.css';

/** Text of a tool or file, monospaced, with copy. */
export function CodeBlock(props: {
  text: string;
  label: string;
  wrap?: boolean;
  maxHeight?: number | string;
}): ReactElement {
  return (
    <div className={props.wrap === true ? `${classes.code} ${classes.wrapped}` : classes.code}>
      <div className={classes.copy}>
        <CopyButton text={props.text} hint={`Copy ${props.label}`} />
      </div>
      <pre tabIndex={0} role="region" aria-label={props.label} style={{ maxHeight: props.maxHeight ?? 'none' }}>
        {props.text}
      </pre>
    </div>
  );
}
