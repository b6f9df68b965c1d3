import { useState, type ReactElement } from 'react';
import { nameSchema, type SplitGroup } from '#shared/model/index.ts';
import { Button, TextInput } from '../../../ui/index.ts';
import { renamed } from '../decisions/decision-history.ts';
import { useSplitStore } from '../decisions/split-store.ts';
import classes from '../split.module.css';

/** A new name for a part; says what is wrong with it while it is typed. */
export function RenameForm(props: {
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
