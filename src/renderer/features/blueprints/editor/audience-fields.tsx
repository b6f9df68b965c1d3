import type { ReactElement } from 'react';
import type { Audience } from '#shared/model/index.ts';
import { Radio, Stack, TagsInput } from '../../../ui/index.ts';

/** Who may deploy a version: people, agents. */
export function AudienceFields(props: { value: Audience; onChange: (audience: Audience) => void }): ReactElement {
  const { value, onChange } = props;
  const people = value.people;
  return (
    <Stack gap="sm">
      <Radio.Group
        label="People"
        value={people === 'everyone' ? 'everyone' : 'some'}
        onChange={(choice) => onChange({ ...value, people: choice === 'everyone' ? 'everyone' : [] })}
      >
        <Radio value="everyone" label="Everyone" />
        <Radio value="some" label="Only these people" />
      </Radio.Group>
      {people !== 'everyone' && (
        <TagsInput label="Names" value={people} onChange={(names) => onChange({ ...value, people: names })} />
      )}
      <Radio.Group
        label="Agents"
        value={value.agents}
        onChange={(agents) => onChange({ ...value, agents: agents === 'propose' ? 'propose' : 'no' })}
      >
        <Radio value="no" label="No: agents do not see it" />
        <Radio value="propose" label="Propose: agents may ask for it, a person approves" />
      </Radio.Group>
    </Stack>
  );
}
