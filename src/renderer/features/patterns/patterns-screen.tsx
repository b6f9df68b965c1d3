import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, type ReactElement } from 'react';
import { useEngine } from '../../rpc/index.ts';
import { Screen } from '../../ui/index.ts';
import { ComparisonPane } from './comparison/comparison-pane.tsx';
import { Candidates } from './instances/candidates.tsx';
import { AddInstance, InstanceBar } from './instances/instance-bar.tsx';
import classes from './patterns.module.css';
import { ProofPane } from './proof/proof-pane.tsx';
import { usePatternsAddress } from './use-patterns-address.ts';

/** Recurring structures, their instances side by side, and the way from there to a proven blueprint. */
export function PatternsScreen(): ReactElement {
  const { address, go } = usePatternsAddress();
  const { api } = useEngine();
  const scopes = useQuery(api.estate.scopes.queryOptions());
  const tree = useMemo(() => scopes.data ?? [], [scopes.data]);
  const names = useMemo(() => new Map(tree.map((scope) => [scope.id, scope.name])), [tree]);
  const nameOfScope = useCallback((id: string) => names.get(id) ?? id, [names]);
  const { instances } = address;
  return (
    <Screen
      title="Patterns"
      state={
        instances.length === 0
          ? 'structures that recur in the estate'
          : `comparing ${instances.length === 1 ? 'one instance' : `${instances.length} instances`}`
      }
    >
      {instances.length > 0 ? (
        <div className={classes.pane}>
          <InstanceBar
            instances={instances}
            scopes={tree}
            nameOfScope={nameOfScope}
            onChange={(next) =>
              go(
                next.length === 0
                  ? { instances: next, renames: {}, view: 'resources', blueprint: null }
                  : { instances: next },
              )
            }
          />
          <div className={classes.fill}>
            <ComparisonPane address={address} go={go} />
          </div>
        </div>
      ) : address.blueprint !== null ? (
        <ProofPane key={address.blueprint} blueprint={address.blueprint} extraction={null} />
      ) : (
        <Candidates
          nameOfScope={nameOfScope}
          onUse={(chosen) => go({ instances: chosen })}
          byHand={
            <AddInstance
              label="Choose instances by hand"
              scopes={tree}
              taken={[]}
              onAdd={(instance) => go({ instances: [instance] })}
            />
          }
        />
      )}
    </Screen>
  );
}
