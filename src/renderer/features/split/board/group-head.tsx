import { Database, Pencil } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import {
  boundaries,
  boundarySchema,
  type SplitGroup,
  type SplitProposal,
  type SplitReach,
} from '#shared/model/index.ts';
import { ActionIcon, Tooltip } from '../../../ui/index.ts';
import { bounded } from '../decisions/decision-history.ts';
import { useSplitStore } from '../decisions/split-store.ts';
import classes from '../split.module.css';
import { RenameForm } from './rename-form.tsx';

interface GroupHeadProps {
  readonly group: SplitGroup;
  /** Its place in the order the parts are built. */
  readonly number: number;
  readonly taken: readonly SplitGroup[];
  readonly crossings: SplitProposal['crossings'];
  readonly reach: SplitReach | undefined;
}

function takesOf({ name }: SplitGroup, crossings: SplitProposal['crossings']): string {
  const taken = crossings.filter(({ from }) => from === name).map(({ to, references }) => `${to} ×${references}`);
  return taken.length === 0 ? 'takes nothing of others' : `takes from ${taken.join(', ')}`;
}

/** What a part is: its name and boundary, which a person may change, its size, what it takes and how far it reaches. */
export function GroupHead({ group, number, taken, crossings, reach }: GroupHeadProps): ReactElement {
  const [renaming, setRenaming] = useState(false);
  return (
    <header className={classes.columnHead}>
      {renaming ? (
        <RenameForm group={group} taken={taken} onDone={() => setRenaming(false)} />
      ) : (
        <div className={classes.columnTitle}>
          <h2>
            {number}. {group.name}
          </h2>
          <Tooltip label="Rename">
            <ActionIcon
              variant="subtle"
              size={20}
              aria-label={`Rename ${group.name}`}
              onClick={() => setRenaming(true)}
            >
              <Pencil size={12} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </div>
      )}
      <p>
        <BoundaryChoice group={group} />
      </p>
      <p>
        {group.resources.length} {group.resources.length === 1 ? 'resource' : 'resources'}
        {group.stateful > 0 && (
          <>
            {' · '}
            <Database size={12} aria-hidden /> {group.stateful} {group.stateful === 1 ? 'holds' : 'hold'} data
          </>
        )}
      </p>
      <p className={classes.takes} title={takesOf(group, crossings)}>
        {takesOf(group, crossings)}
      </p>
      {reach !== undefined && (
        <p title={`A change here can reach ${reach.groups.join(', ')}`}>
          a change reaches {reach.after} of {reach.before}
        </p>
      )}
    </header>
  );
}

/** The boundary of a part: the proposed one, or another that a person decides. */
function BoundaryChoice({ group }: { group: SplitGroup }): ReactElement {
  const decide = useSplitStore((state) => state.decide);
  return (
    <select
      className={classes.boundary}
      aria-label={`Boundary of ${group.name}`}
      value={group.boundary}
      onChange={(event) => {
        const boundary = boundarySchema.parse(event.currentTarget.value);
        decide((decisions) => bounded(decisions, group, boundary));
      }}
    >
      {boundaries.map((boundary) => (
        <option key={boundary} value={boundary}>
          {boundary === group.boundary && boundary !== group.proposedBoundary ? `${boundary}, decided` : boundary}
        </option>
      ))}
    </select>
  );
}
