import { useCallback, useMemo, useState, type ReactElement } from 'react';
import type { SplitMember, SplitProposal } from '#shared/model/index.ts';
import { moved } from '../decisions/decision-history.ts';
import { useSplitStore } from '../decisions/split-store.ts';
import classes from '../split.module.css';
import { CrossingArcs } from './crossing-arcs.tsx';
import { GroupColumn } from './group-column.tsx';

const nobody: readonly SplitMember[] = [];

interface BoardProps {
  readonly proposal: SplitProposal;
  /** The resources that are shown. */
  readonly shown: readonly SplitMember[];
  /** Whether these are a choice of them. */
  readonly filtered: boolean;
}

/**
 * The parts side by side in the order they are built, with what crosses between them drawn above. Beside the part that
 * the pointer or the focus is at, those are marked that a change to it can reach.
 */
export function Board({ proposal, shown, filtered }: BoardProps): ReactElement {
  const decide = useSplitStore((state) => state.decide);
  const [near, setNear] = useState<string | null>(null);
  const names = useMemo(() => proposal.groups.map(({ name }) => name), [proposal]);
  const members = useMemo(() => Map.groupBy(shown, ({ group }) => group), [shown]);
  const movedAddresses = useMemo(() => new Set(proposal.moves.map(({ address }) => address)), [proposal]);
  const reach = useMemo(() => new Map(proposal.reach.map((one) => [one.group, one] as const)), [proposal]);
  const reached = new Set(near === null ? [] : reach.get(near)?.groups.filter((name) => name !== near));
  const onDrop = useCallback(
    (addresses: readonly string[], part: string) => decide((decisions) => moved(decisions, addresses, part)),
    [decide],
  );
  return (
    <section className={classes.board} aria-label="Parts">
      <div className={classes.columns}>
        <CrossingArcs names={names} crossings={proposal.crossings} near={near} />
        {proposal.groups.map((group, number) => (
          <GroupColumn
            key={group.name}
            group={group}
            number={number + 1}
            members={members.get(group.name) ?? nobody}
            groups={proposal.groups}
            crossings={proposal.crossings}
            reach={reach.get(group.name)}
            moved={movedAddresses}
            reached={reached.has(group.name)}
            none={filtered ? 'Nothing found here' : 'Nothing'}
            onNear={setNear}
            onDrop={onDrop}
          />
        ))}
      </div>
    </section>
  );
}
