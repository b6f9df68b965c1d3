import { useState, type KeyboardEvent, type ReactElement } from 'react';
import { nameProblem } from '../../../canvas/index.ts';
import { TextInput } from '../../../ui/index.ts';

/** A name that is changed when the field is left or Enter is pressed; Escape takes it back. */
export function NameField(props: {
  label: string;
  name: string;
  taken: readonly string[];
  id?: string;
  disabled: boolean;
  onRename: (name: string) => void;
}): ReactElement {
  const [typed, setTyped] = useState<{ readonly text: string; readonly of: string } | null>(null);
  const text = typed !== null && typed.of === props.name ? typed.text : props.name;
  const others = props.taken.filter((other) => other !== props.name);
  const problem = nameProblem(text, others);
  const commit = () => {
    if (problem !== null || text === props.name) setTyped(null);
    else props.onRename(text);
  };
  function onKey(event: KeyboardEvent): void {
    if (event.key === 'Enter') commit();
    else if (event.key === 'Escape') setTyped(null);
    else return;
    event.stopPropagation();
  }
  return (
    <TextInput
      label={props.label}
      value={text}
      error={problem}
      disabled={props.disabled}
      spellCheck={false}
      {...(props.id === undefined ? {} : { id: props.id })}
      onChange={(event) => setTyped({ text: event.currentTarget.value, of: props.name })}
      onBlur={commit}
      onKeyDown={onKey}
    />
  );
}
