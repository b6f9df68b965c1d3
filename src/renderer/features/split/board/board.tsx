import { useState, type ReactElement } from 'react';
import type { SplitProposal } from '#shared/model/index.ts';
import { moved } from '../decisions/decision-history.ts';
import { useSplitStore } from '../decisions/split-store.ts';
import classes from '../split.module.css';
import { CrossingArcs } from './crossing-arcs.tsx';
import { GroupColumn } from './group-column.tsx';

/** The parts side by side in the order they are built, with what crosses between them drawn above. */
export function Board({ proposal, wanted }: { proposal: SplitProposal; wanted: string }): ReactElement {
  const decide = useSplitStore((state) => state.decide);
  const [near, setNear] = useState<string | null>(null);
  return (
    <section className={classes.board} aria-label="Parts">
      <div className={classes.columns}>
        <CrossingArcs names={proposal.groups.map(({ name }) => name)} crossings={proposal.crossings} near={near} />
        {proposal.groups.map((group, number) => (
          <GroupColumn
            key={group.name}
            group={group}
            number={number + 1}
            proposal={proposal}
            wanted={wanted}
            onNear={setNear}
            onDrop={(address) => decide((decisions) => moved(decisions, [address], group.name))}
          />
        ))}
      </div>
    </section>
  );
}
