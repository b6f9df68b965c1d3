import { Network } from 'lucide-react';
import { useMemo, type ReactElement } from 'react';
import { CloseButton, EmptyState, Inspector } from '../../../ui/index.ts';
import { showing, type EstateAddress } from '../address/address.ts';
import type { GoEstate } from '../address/use-estate-address.ts';
import classes from '../estate.module.css';
import { useSelectionStore } from '../selection-store.ts';
import { QuestionPanel } from './question-panel.tsx';

export interface SetInspectorProps {
  address: EstateAddress;
  of: NonNullable<EstateAddress['of']>;
  go: GoEstate;
}

/** Questions about everything that is ticked, or about the estate, in the frame's inspector. */
export function SetInspector({ address, of, go }: SetInspectorProps): ReactElement {
  const picked = useSelectionStore((state) => state.picked);
  const ids = useMemo(() => (of === 'selection' ? [...picked.keys()] : []), [of, picked]);
  const { scopes, regions } = address.filter;
  const isEmpty = of === 'selection' && ids.length === 0;
  return (
    <Inspector>
      <header className={classes.inspectorHead}>
        <Network size={18} aria-hidden />
        <div style={{ flex: 1, minWidth: 0 }}>
          <h2>{of === 'estate' ? 'The estate' : selectedText(ids.length)}</h2>
          {of === 'estate' && scopes.length + regions.length > 0 && (
            <div className="gp-dimmed">in the accounts and regions of the filter</div>
          )}
        </div>
        <CloseButton aria-label="Close the inspector" onClick={() => go({ of: null, ask: null })} />
      </header>
      <div className={classes.inspectorBody}>
        {isEmpty ? (
          <EmptyState title="Nothing is selected">
            Tick resources in the table to ask about all of them at once.
          </EmptyState>
        ) : (
          <QuestionPanel
            subject={of}
            question={address.ask ?? (of === 'estate' ? 'internet' : 'dependents')}
            onQuestion={(ask) => go({ ask }, { replace: true })}
            ids={ids}
            place={{ scopes, regions }}
            to={null}
            onTo={() => undefined}
            onSelect={(id) => go(showing(address, id))}
          />
        )}
      </div>
    </Inspector>
  );
}

function selectedText(count: number): string {
  return count === 1 ? '1 selected resource' : `${count.toLocaleString('en')} selected resources`;
}
