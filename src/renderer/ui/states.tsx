import { Button, Loader } from '@mantine/core';
import { CircleAlert, RotateCw, TriangleAlert } from 'lucide-react';
import { useEffect, useRef, type ReactElement, type ReactNode } from 'react';
import type { WireError } from '#shared/errors/index.ts';
import { CopyButton } from './copy-button.tsx';
import classes from './states.module.css';

/** Says what a screen is for and offers the one next step. */
export function EmptyState(props: {
  title: string;
  icon?: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
}): ReactElement {
  return (
    <div className={classes.center}>
      {props.icon !== undefined && <div className={classes.icon}>{props.icon}</div>}
      <h2>{props.title}</h2>
      {props.children !== undefined && <div className={classes.text}>{props.children}</div>}
      {props.action !== undefined && <div className={classes.actions}>{props.action}</div>}
    </div>
  );
}

/** Waiting, with what for. */
export function LoadingState({ what }: { what: string }): ReactElement {
  return (
    <div className={classes.center} role="status">
      <Loader size="sm" color="gray" />
      <div className={classes.text}>{what}…</div>
    </div>
  );
}

/** What a person can send on: the code and the facts, never a stack. */
export function errorDetails(error: WireError): string {
  const facts = Object.entries(error.details).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return [`${error.code}: ${error.message}`, ...(error.advice === null ? [] : [error.advice]), ...facts].join('\n');
}

/** What happened, what still works, what to do now. */
export function FailedState(props: {
  title: string;
  error: WireError;
  /** What still works, when that is not plain. */
  stillWorks?: string;
  onRetry?: () => void;
  action?: ReactNode;
}): ReactElement {
  const { error } = props;
  return (
    <div className={classes.center} role="alert">
      <div className={classes.icon}>
        <CircleAlert size={24} aria-hidden />
      </div>
      <h2>{props.title}</h2>
      <div className={classes.text}>
        {error.message}
        {error.advice !== null && <div>{error.advice}</div>}
        {props.stillWorks !== undefined && <div>{props.stillWorks}</div>}
      </div>
      <div className={classes.actions}>
        {props.onRetry !== undefined && (
          <Button variant="default" leftSection={<RotateCw size={14} aria-hidden />} onClick={props.onRetry}>
            Try again
          </Button>
        )}
        {props.action}
        <CopyButton text={errorDetails(error)} label="Copy details" />
      </div>
    </div>
  );
}

/** A failure in one line or two, for forms and panels. */
export function FailedNotice({ title, error }: { title: string; error: WireError }): ReactElement {
  return (
    <div className={`${classes.notice} ${classes.error}`} role="alert">
      <CircleAlert size={16} aria-hidden />
      <div className={classes.body}>
        <strong>{title}</strong> {error.message} {error.advice}
      </div>
      <CopyButton text={errorDetails(error)} label="Copy details" />
    </div>
  );
}

/** A failure at the end of a form: brought into sight when it appears, for the form may be taller than the window. */
export function FormFailure(failure: { title: string; error: WireError }): ReactElement {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    place.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <div ref={place}>
      <FailedNotice {...failure} />
    </div>
  );
}

/** Says that something is missing, and names it. */
export function PartialNotice({ children, action }: { children: ReactNode; action?: ReactNode }): ReactElement {
  return (
    <div className={classes.notice} role="status">
      <TriangleAlert size={16} aria-hidden />
      <div className={classes.body}>{children}</div>
      {action}
    </div>
  );
}
