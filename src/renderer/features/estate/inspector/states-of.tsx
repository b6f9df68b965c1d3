import type { ReactElement } from 'react';
import type { StateClaim } from '#shared/model/index.ts';

/** The states that manage a resource, and where in their code. */
export function StatesOf({ claims }: { claims: readonly StateClaim[] }): ReactElement {
  return (
    <>
      {claims.map(({ address, module, name, state, workspace }) => (
        <div key={`${state} ${address}`}>
          {name}
          {workspace !== null && `, workspace ${workspace}`}
          <div className="gp-mono">{address}</div>
          <div className="gp-dimmed">{module === null ? 'in the root module' : `in ${module}`}</div>
        </div>
      ))}
    </>
  );
}
