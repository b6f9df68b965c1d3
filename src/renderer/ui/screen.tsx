import type { ReactElement, ReactNode } from 'react';
import classes from './screen.module.css';

export interface ScreenProps {
  title: string;
  /** Count and one-line state beside the title. */
  state?: ReactNode;
  actions?: ReactNode;
  /** Filters and tabs between header and content. */
  bar?: ReactNode;
  /** Space around the content; leave it out for tables and canvases. */
  padded?: boolean;
  children: ReactNode;
}

/** The layout of every screen: title, count, one-line state, actions; filters; content. */
export function Screen({ title, state, actions, bar, padded, children }: ScreenProps): ReactElement {
  return (
    <div className={classes.screen}>
      <header className={classes.header}>
        <h1>{title}</h1>
        <div className={classes.state}>{state}</div>
        {actions !== undefined && <div className={classes.actions}>{actions}</div>}
      </header>
      {bar !== undefined && <div className={classes.bar}>{bar}</div>}
      <div className={`${classes.content} ${padded === true ? classes.padded : ''}`}>{children}</div>
    </div>
  );
}
