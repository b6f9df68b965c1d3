import { X } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { nameSchema, type SplitMember, type SplitProposal } from '#shared/model/index.ts';
import { ActionIcon, Button, Checkbox, Inspector, KeyValues, Select, Stack, TextInput } from '../../../ui/index.ts';
import { moved, released } from '../decisions/decision-history.ts';
import { useSplitStore } from '../decisions/split-store.ts';
import classes from '../split.module.css';

/** The chosen resource: where it stands, what it gives and takes, and the part it is in. */
export function MemberInspector({ proposal }: { proposal: SplitProposal }): ReactElement | null {
  const { selected, select } = useSplitStore();
  const member = proposal.members.find(({ address }) => address === selected);
  if (member === undefined) return null;
  return (
    <Inspector>
      <Stack gap={12} className={classes.inspector}>
        <div className={classes.columnTitle}>
          <h2 className="gp-mono">{member.address}</h2>
          <ActionIcon variant="subtle" aria-label="Close the inspector" onClick={() => select(null)}>
            <X size={14} aria-hidden />
          </ActionIcon>
        </div>
        <Facts member={member} proposal={proposal} />
        <Place key={member.address} member={member} proposal={proposal} />
      </Stack>
    </Inspector>
  );
}

function Facts({ member, proposal }: { member: SplitMember; proposal: SplitProposal }): ReactElement {
  const move = proposal.moves.find(({ address }) => address === member.address);
  const gives = proposal.interfaces.filter(({ address }) => address === member.address);
  return (
    <KeyValues
      entries={[
        ['Type', member.type],
        ['Stands in', `${member.file}:${member.line}`],
        ['Part', member.group],
        ['Holds data', member.stateful ? 'yes' : 'no'],
        ['Moved', move === undefined ? null : `from ${move.from}, because ${move.why}`],
        ...gives.map(({ attribute, consumer, type, sensitive }): readonly [string, string] => [
          attribute ?? 'The whole',
          `${type}${sensitive ? ', secret' : ''}, taken by ${consumer}`,
        ]),
      ]}
    />
  );
}

function Place({ member, proposal }: { member: SplitMember; proposal: SplitProposal }): ReactElement {
  const decide = useSplitStore((state) => state.decide);
  const [name, setName] = useState('');
  const fits = nameSchema.safeParse(name).success;
  return (
    <>
      <Select
        label="Move to…"
        description="It stays where you put it; the rest is computed around it"
        data={proposal.groups.map((group) => group.name)}
        value={member.group}
        allowDeselect={false}
        onChange={(part) => {
          if (part !== null) decide((decisions) => moved(decisions, [member.address], part));
        }}
      />
      <form
        className={classes.rename}
        onSubmit={(event) => {
          event.preventDefault();
          if (!fits) return;
          decide((decisions) => moved(decisions, [member.address], name));
          setName('');
        }}
      >
        <TextInput
          label="Or to a new part"
          placeholder="name"
          value={name}
          error={name !== '' && !fits ? 'Lower-case letters, digits and dashes' : null}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={!fits}>
          Move
        </Button>
      </form>
      <Checkbox
        label={`Pinned to ${member.group}`}
        checked={member.pinned}
        onChange={(event) => {
          const pinned = event.currentTarget.checked;
          decide((decisions) =>
            pinned ? moved(decisions, [member.address], member.group) : released(decisions, member.address),
          );
        }}
      />
    </>
  );
}
