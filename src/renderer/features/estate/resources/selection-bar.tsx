import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Shapes } from 'lucide-react';
import type { ReactElement } from 'react';
import type { ScopeNode } from '#shared/model/index.ts';
import { errorOf, keepIds, useEngine } from '../../../rpc/index.ts';
import { Button, CopyButton, notifyFailed } from '../../../ui/index.ts';
import { useAsOf } from '../as-of.ts';
import classes from '../estate.module.css';
import { useSelectionStore } from '../selection-store.ts';
import { instancesOfSelection } from '../selection.ts';

export interface SelectionBarProps {
  scopes: readonly ScopeNode[];
  onShowOnly: (ids: string[]) => void;
  /** Asks what depends on what is ticked. */
  onAsk: () => void;
}

/** What is ticked, and what can be done with it. Absent while nothing is. */
export function SelectionBar({ scopes, onShowOnly, onAsk }: SelectionBarProps): ReactElement | null {
  const picked = useSelectionStore((state) => state.picked);
  const pairs = useSelectionStore((state) => state.pairs);
  const cleared = useSelectionStore((state) => state.cleared);
  const navigate = useNavigate();
  const isPast = useAsOf() !== null;
  const { client } = useEngine();
  // Many ids are kept first, so that the address stays short.
  const keep = useMutation({
    mutationFn: (work: () => Promise<void>) => work(),
    onError: (error) => notifyFailed('The selection could not be kept', errorOf(error)),
  });
  if (picked.size === 0 && pairs.size === 0) return null;
  const names = new Map(scopes.map((scope) => [scope.id, scope.name]));
  const places = [...pairs].map((pair) => {
    const [scopeId = '', region = ''] = pair.split('|');
    return { scopeId, region, scopeName: names.get(scopeId) ?? scopeId };
  });
  const instances = instancesOfSelection([...picked.values()], places);
  const parts = [
    picked.size > 0 ? count(picked.size, 'resource') : null,
    pairs.size > 0 ? count(pairs.size, 'account × region pair') : null,
  ].filter((part) => part !== null);
  return (
    <div className={classes.selectionBar} role="region" aria-label="Selection">
      <strong>{parts.join(' and ')} selected</strong>
      <Button
        disabled={isPast}
        title={isPast ? 'Blueprints are made from what runs now.' : undefined}
        leftSection={<Shapes size={14} aria-hidden />}
        loading={keep.isPending}
        onClick={() =>
          keep.mutate(async () => {
            const kept = await Promise.all(
              instances.map(async (instance) => ({ ...instance, ids: await keepIds(client, instance.ids ?? []) })),
            );
            await navigate({ to: '/patterns', search: { instances: kept } });
          })
        }
      >
        Make a blueprint from these
      </Button>
      {picked.size > 0 && (
        <>
          <Button
            variant="default"
            loading={keep.isPending}
            onClick={() => keep.mutate(async () => onShowOnly(await keepIds(client, [...picked.keys()])))}
          >
            Show only these
          </Button>
          <Button variant="default" onClick={onAsk}>
            What depends on these
          </Button>
          <CopyButton text={[...picked.keys()].join('\n')} label="Copy ids" />
        </>
      )}
      <Button variant="subtle" color="gray" onClick={cleared}>
        Clear
      </Button>
      <span className="gp-dimmed">
        understood as {count(instances.length, 'instance')}: {named(instances.map((instance) => instance.name))}
      </span>
    </div>
  );
}

function count(number: number, noun: string): string {
  return number === 1 ? `1 ${noun}` : `${number.toLocaleString('en')} ${noun}s`;
}

const mostNames = 6;

function named(names: readonly string[]): string {
  const more = names.length - mostNames;
  return more > 0 ? `${names.slice(0, mostNames).join(', ')} and ${more} more` : names.join(', ');
}
