import { X } from 'lucide-react';
import { useMemo, useState, type ReactElement } from 'react';
import { nameSchema, type SplitMember, type SplitProposal } from '#shared/model/index.ts';
import {
  ActionIcon,
  Button,
  Checkbox,
  CopyButton,
  Inspector,
  KeyValues,
  Select,
  Stack,
  TextInput,
} from '../../../ui/index.ts';
import { moved, released } from '../decisions/decision-history.ts';
import { useSplitStore } from '../decisions/split-store.ts';
import classes from '../split.module.css';

/** The chosen resource: where it stands, what it gives and takes, and the part it is in; or several, to be moved at once. */
export function MemberInspector({ proposal }: { proposal: SplitProposal }): ReactElement | null {
  const { chosen, select } = useSplitStore();
  const byAddress = useMemo(
    () => new Map(proposal.members.map((member) => [member.address, member] as const)),
    [proposal],
  );
  const members = chosen.flatMap((address) => byAddress.get(address) ?? []);
  const [member] = members;
  if (member === undefined) return null;
  const addresses = members.map(({ address }) => address);
  return (
    <Inspector>
      <Stack gap={12} className={classes.inspector}>
        <div className={classes.columnTitle}>
          <h2 className={members.length === 1 ? 'gp-mono' : undefined}>
            {members.length === 1 ? member.address : `${members.length} resources`}
          </h2>
          <ActionIcon variant="subtle" aria-label="Close the inspector" onClick={() => select([])}>
            <X size={14} aria-hidden />
          </ActionIcon>
        </div>
        <CopyButton
          text={addresses.join('\n')}
          label={members.length === 1 ? 'Copy the address' : 'Copy the addresses'}
        />
        {members.length === 1 ? <Facts member={member} proposal={proposal} /> : <Several members={members} />}
        <Place key={addresses.join()} members={members} proposal={proposal} />
      </Stack>
    </Inspector>
  );
}

function Several({ members }: { members: readonly SplitMember[] }): ReactElement {
  return (
    <ul className={classes.several} aria-label="Chosen resources">
      {members.map(({ address, group }) => (
        <li key={address}>
          <span className="gp-mono">{address}</span> in {group}
        </li>
      ))}
    </ul>
  );
}

function Facts({ member, proposal }: { member: SplitMember; proposal: SplitProposal }): ReactElement {
  const move = proposal.moves.find(({ address }) => address === member.address);
  const bond = proposal.bound.find(({ address }) => address === member.address);
  const gives = Map.groupBy(
    proposal.interfaces.filter(({ address }) => address === member.address),
    ({ attribute }) => attribute ?? 'The whole',
  );
  return (
    <KeyValues
      entries={[
        ['Type', member.type],
        ['Stands in', `${member.file}:${member.line}`],
        ['Part', member.group],
        ['Holds data', member.stateful ? 'yes' : 'no'],
        ['Moved', move === undefined ? null : `from ${move.from}, because ${move.why}`],
        ['Bound', bond === undefined ? null : `grouped with ${bond.to}, so that fewer have to be moved`],
        ...[...gives].map(([attribute, taken]): readonly [string, string] => [
          attribute,
          `${taken[0]?.type ?? 'any'}${taken.some(({ sensitive }) => sensitive) ? ', secret' : ''}, taken by ${taken.map(({ consumer }) => consumer).join(', ')}`,
        ]),
      ]}
    />
  );
}

function Place({ members, proposal }: { members: readonly SplitMember[]; proposal: SplitProposal }): ReactElement {
  const decide = useSplitStore((state) => state.decide);
  const [name, setName] = useState('');
  const fits = nameSchema.safeParse(name).success;
  const addresses = members.map(({ address }) => address);
  const parts = new Set(members.map(({ group }) => group));
  const [part] = parts.size === 1 ? parts : [];
  const pinned = members.filter((member) => member.pinned).length;
  return (
    <>
      <Select
        label="Move to…"
        description="It stays where you put it; the rest is computed around it"
        data={proposal.groups.map((group) => group.name)}
        value={part ?? null}
        placeholder={`in ${parts.size} parts`}
        allowDeselect={false}
        onChange={(to) => {
          if (to !== null) decide((decisions) => moved(decisions, addresses, to));
        }}
      />
      <form
        className={classes.rename}
        onSubmit={(event) => {
          event.preventDefault();
          if (!fits) return;
          decide((decisions) => moved(decisions, addresses, name));
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
        label={part === undefined ? 'Pinned to their parts' : `Pinned to ${part}`}
        checked={pinned === members.length}
        indeterminate={pinned > 0 && pinned < members.length}
        onChange={(event) => {
          const stay = event.currentTarget.checked;
          decide((decisions) =>
            stay
              ? members.reduce((sum, { address, group }) => moved(sum, [address], group), decisions)
              : released(decisions, addresses),
          );
        }}
      />
    </>
  );
}
