import { useMutation } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import {
  nameSchema,
  versionSchema,
  type Comparison,
  type Extraction,
  type InstanceSelection,
} from '#shared/model/index.ts';
import { errorOf, useEngine } from '../../../rpc/index.ts';
import { Button, FailedNotice, Modal, Stack, Text, Textarea, TextInput } from '../../../ui/index.ts';
import { problemsOfRenames } from '../comparison/renames.ts';

export interface ExtractDialogProps {
  opened: boolean;
  instances: readonly InstanceSelection[];
  comparison: Comparison;
  renames: Readonly<Record<string, string>>;
  onClose: () => void;
  onDone: (extraction: Extraction) => void;
}

/** Names the blueprint and writes it: files in the workspace, nothing in the cloud. */
export function ExtractDialog(props: ExtractDialogProps): ReactElement {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title="Make a blueprint">
      {props.opened && <ExtractForm {...props} />}
    </Modal>
  );
}

function ExtractForm({ instances, comparison, renames, onDone }: ExtractDialogProps): ReactElement {
  const [name, setName] = useState('regional-infrastructure');
  const [version, setVersion] = useState('0.1.0');
  const [summary, setSummary] = useState('');
  const { api } = useEngine();
  const extract = useMutation(api.patterns.extract.mutationOptions({ onSuccess: onDone }));
  const nameProblem = nameSchema.safeParse(name).error?.issues[0]?.message;
  const versionProblem = versionSchema.safeParse(version).error?.issues[0]?.message;
  const renamesWrong =
    Object.keys(
      problemsOfRenames(
        comparison.inputs.map((input) => input.name),
        renames,
      ),
    ).length > 0;
  const boundaries = [...new Set(comparison.resources.map((resource) => resource.boundary))];
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (nameProblem !== undefined || versionProblem !== undefined || renamesWrong) return;
        extract.mutate({ instances: [...instances], name, version, summary, renames: { ...renames } });
      }}
    >
      <Stack gap={12}>
        <Text>
          Writes one artifact for each of {boundaries.join(', ')}, a blueprint that wires them, and one environment for
          each of {instances.map((instance) => instance.name).join(', ')}. Nothing in the cloud is touched.
        </Text>
        <TextInput
          label="Name"
          value={name}
          error={nameProblem}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <TextInput
          label="Version"
          value={version}
          error={versionProblem}
          onChange={(event) => setVersion(event.currentTarget.value)}
        />
        <Textarea
          label="Summary"
          description="What it is for; agents read it to choose."
          value={summary}
          onChange={(event) => setSummary(event.currentTarget.value)}
          autosize
          minRows={2}
        />
        {renamesWrong && (
          <Text c="var(--gp-destroy)">Some input names cannot be used; correct them under Inputs first.</Text>
        )}
        {extract.error !== null && (
          <FailedNotice title="The blueprint could not be made." error={errorOf(extract.error)} />
        )}
        <Button
          type="submit"
          loading={extract.isPending}
          disabled={nameProblem !== undefined || versionProblem !== undefined || renamesWrong}
        >
          Make {name} {version}
        </Button>
      </Stack>
    </form>
  );
}
