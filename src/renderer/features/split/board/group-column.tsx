import { Database, Pencil } from 'lucide-react';
import { useMemo, useState, type DragEvent, type ReactElement } from 'react';
import { nameSchema, type SplitGroup, type SplitProposal } from '#shared/model/index.ts';
import { ActionIcon, Button, TextInput, Tooltip } from '../../../ui/index.ts';
import { renamed } from '../decisions/decision-history.ts';
import { useSplitStore } from '../decisions/split-store.ts';
import classes from '../split.module.css';
import { memberDrag } from './member-drag.ts';
import { MemberCard } from './member-card.tsx';

interface GroupColumnProps {
  readonly group: SplitGroup;
  /** Its place in the order the parts are built. */
  readonly number: number;
  readonly proposal: SplitProposal;
  /** Lower-case text that shown resources contain. */
  readonly wanted: string;
  readonly onNear: (name: string | null) => void;
  readonly onDrop: (address: string) => void;
}

function takesOf(group: SplitGroup, { crossings }: SplitProposal): string {
  const taken = crossings.filter(({ from }) => from === group.name).map(({ to, references }) => `${to} ×${references}`);
  return taken.length === 0 ? 'takes nothing of others' : `takes from ${taken.join(', ')}`;
}

/** One part: its name, boundary and size, and its resources. A resource dropped on it stays there. */
export function GroupColumn({ group, number, proposal, wanted, onNear, onDrop }: GroupColumnProps): ReactElement {
  const [over, setOver] = useState(false);
  const [renaming, setRenaming] = useState(false);
  const members = useMemo(
    () =>
      proposal.members.filter(
        (member) => member.group === group.name && `${member.address} ${member.file}`.toLowerCase().includes(wanted),
      ),
    [proposal, group.name, wanted],
  );
  const takeOver = (event: DragEvent): void => {
    if (!memberDrag.isOne(event)) return;
    event.preventDefault();
    setOver(true);
  };
  return (
    <section
      className={classes.column}
      data-over={over}
      aria-label={`Part ${group.name}`}
      onMouseEnter={() => onNear(group.name)}
      onMouseLeave={() => onNear(null)}
      onDragEnter={takeOver}
      onDragOver={takeOver}
      onDragLeave={(event) => {
        if (event.currentTarget === event.target) setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const address = memberDrag.addressIn(event);
        if (address !== null) onDrop(address);
      }}
    >
      <header className={classes.columnHead}>
        {renaming ? (
          <RenameForm group={group} taken={proposal.groups} onDone={() => setRenaming(false)} />
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
          {group.boundary} · {group.resources.length} resources
          {group.stateful > 0 && (
            <>
              {' · '}
              <Database size={12} aria-hidden /> {group.stateful} hold data
            </>
          )}
        </p>
        <p>{takesOf(group, proposal)}</p>
      </header>
      <ul className={classes.members}>
        {members.map((member) => (
          <li key={member.address}>
            <MemberCard member={member} moved={proposal.moves.some(({ address }) => address === member.address)} />
          </li>
        ))}
        {members.length === 0 && <li className={classes.none}>{wanted === '' ? 'Nothing' : 'Nothing found here'}</li>}
      </ul>
    </section>
  );
}

function RenameForm(props: {
  readonly group: SplitGroup;
  readonly taken: readonly SplitGroup[];
  readonly onDone: () => void;
}): ReactElement {
  const { group, taken, onDone } = props;
  const decide = useSplitStore((state) => state.decide);
  const [name, setName] = useState(group.name);
  const problem = !nameSchema.safeParse(name).success
    ? 'Lower-case letters, digits and dashes'
    : taken.some((other) => other.name === name && other.name !== group.name)
      ? 'Another part is called that'
      : null;
  return (
    <form
      className={classes.rename}
      onSubmit={(event) => {
        event.preventDefault();
        if (problem !== null) return;
        decide((decisions) => renamed(decisions, group, name));
        onDone();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onDone();
      }}
    >
      <TextInput
        size="xs"
        aria-label={`New name of ${group.name}`}
        autoFocus
        value={name}
        error={problem}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" disabled={problem !== null}>
        Rename
      </Button>
    </form>
  );
}
