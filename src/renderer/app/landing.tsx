import { Navigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { QueryView } from '../rpc/index.ts';
import { useEngineInfo } from './use-engine-info.ts';

/** The address without a screen: the estate, or where one begins while no workspace is open. */
export function Landing(): ReactElement {
  const info = useEngineInfo();
  return (
    <QueryView query={info} loading="Asking the engine what is open" failed="The engine did not answer">
      {({ workspace }) => <Navigate to={workspace === null ? '/start' : '/estate'} replace />}
    </QueryView>
  );
}
