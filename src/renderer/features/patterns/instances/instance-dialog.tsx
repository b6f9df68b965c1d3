import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { instanceSelectionSchema, type InstanceSelection, type ScopeNode } from '#shared/model/index.ts';
import { useEngine } from '../../../rpc/index.ts';
import { Button, Modal, Select, Stack, TagsInput, Text, Textarea, TextInput } from '../../../ui/index.ts';

export interface InstanceDialogProps {
  opened: boolean;
  /** The one that is changed, or null for a new one. */
  instance: InstanceSelection | null;
  scopes: readonly ScopeNode[];
  taken: readonly string[];
  onClose: () => void;
  onDone: (instance: InstanceSelection) => void;
}

/** One instance of a pattern: by account, region and tags, or resource by resource. */
export function InstanceDialog(props: InstanceDialogProps): ReactElement {
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={props.instance === null ? 'Add an instance' : `Change ${props.instance.name}`}
    >
      {props.opened && <InstanceForm {...props} />}
    </Modal>
  );
}

function InstanceForm({ instance, scopes, taken, onDone }: InstanceDialogProps): ReactElement {
  const [name, setName] = useState(instance?.name ?? '');
  const [scope, setScope] = useState(instance?.scope ?? null);
  const [region, setRegion] = useState(instance?.region ?? null);
  const [tags, setTags] = useState((instance?.tags ?? []).map((tag) => `${tag.key}=${tag.value}`));
  const [ids, setIds] = useState((instance?.ids ?? []).join('\n'));
  const [checked, setChecked] = useState(false);
  const { api } = useEngine();
  const facets = useQuery(api.estate.facets.queryOptions({ input: { filter: {} } }));
  const regions =
    scopes.find((candidate) => candidate.id === scope)?.regions.map((entry) => entry.region) ??
    facets.data?.regions.map((facet) => facet.value) ??
    [];
  const made = instanceSelectionSchema.safeParse({
    name: name === '' && region !== null ? region : name,
    scope,
    region,
    tags: tags.map((text) => ({ key: text.split('=')[0] ?? '', value: text.split('=').slice(1).join('=') })),
    ids: ids.split(/\s+/).filter((id) => id !== ''),
  });
  const duplicate = made.success && made.data.name !== instance?.name && taken.includes(made.data.name);
  const nameProblem = duplicate
    ? 'Another instance has this name.'
    : made.success
      ? undefined
      : made.error.issues.find((issue) => issue.path[0] === 'name')?.message;

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setChecked(true);
        if (made.success && !duplicate) onDone(made.data);
      }}
    >
      <Stack gap={12}>
        <TextInput
          label="Name"
          description="Becomes the environment’s name; taken from the region when left empty."
          value={name}
          error={checked ? nameProblem : undefined}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <Select
          label="Account"
          searchable
          clearable
          data={scopes
            .filter(hasRegions)
            .map(({ id, name: label, nativeId }) => ({ value: id, label: `${label} (${nativeId})` }))}
          value={scope}
          onChange={setScope}
        />
        <Select label="Region" searchable clearable data={regions} value={region} onChange={setRegion} />
        <TagsInput label="Tags" description="key=value; a resource needs all of them" value={tags} onChange={setTags} />
        <Textarea
          label="Resources by hand"
          description="Ids, one on each line; used instead of account, region and tags. Easier: tick rows in the Estate."
          value={ids}
          onChange={(event) => setIds(event.currentTarget.value)}
          autosize
          minRows={2}
          maxRows={8}
        />
        <Text c="dimmed">Resources of kinds that cannot be written as code yet are left out, and named.</Text>
        <Button type="submit">{instance === null ? 'Add the instance' : 'Change the instance'}</Button>
      </Stack>
    </form>
  );
}

function hasRegions(scope: ScopeNode): boolean {
  return scope.regions.length > 0 || scope.resources > 0;
}
