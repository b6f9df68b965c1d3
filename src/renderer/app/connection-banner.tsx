import type { ReactElement } from 'react';
import { useConnection } from '../rpc/index.ts';
import { Loader } from '../ui/index.ts';
import classes from './frame.module.css';

/** Says when the engine cannot be reached, and what still works. */
export function ConnectionBanner(): ReactElement | null {
  const { phase, attempts } = useConnection();
  switch (phase) {
    case 'connected':
    case 'connecting':
      return null;
    case 'lost':
      return (
        <div className={classes.banner} role="status">
          <Loader size={14} color="gray" />
          <span>
            The engine is gone or restarting; connecting again (attempt {attempts}). What is on screen may be out of
            date. Deployments are in the journal: nothing is lost, and nothing runs twice.
          </span>
        </div>
      );
    case 'refused':
      return (
        <div className={classes.banner} role="alert">
          This browser is not logged in any more. Open the address that Groundplan printed in its terminal; pressing
          Enter there prints a new one.
        </div>
      );
  }
}
