import { useState, type ReactElement } from 'react';
import { Button, FailedNotice, Modal, Paper, Stack, Text, TextInput, Title } from '../../ui/index.ts';
import { folderIn, useSample } from './workspace-actions.ts';

/** One click to look around: no cloud, no network, no tools. */
export function SampleSection(props: { hasWorkspace: boolean; home: string | null }): ReactElement {
  const { load, error } = useSample();
  const [asking, setAsking] = useState(false);
  const [folder, setFolder] = useState<string | null>(null);
  const proposed = props.home === null ? '' : folderIn(props.home, 'groundplan-sample');
  const chosen = (folder ?? proposed).trim();
  return (
    <Paper withBorder p="md">
      <Stack gap={8}>
        <Title order={2}>Sample estate</Title>
        <Text c="dimmed">
          A made-up company: three accounts, two regions with the same pattern, leftovers and drift. Needs no cloud, no
          network and no tools.
        </Text>
        <div>
          <Button loading={load.isPending} onClick={() => (props.hasWorkspace ? load.mutate(null) : setAsking(true))}>
            Explore the sample estate
          </Button>
        </div>
        {error !== null && !asking && <FailedNotice title="The sample could not be loaded." error={error} />}
      </Stack>
      <Modal opened={asking} onClose={() => setAsking(false)} title="Explore the sample estate">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            load.mutate(chosen);
          }}
        >
          <Stack gap={12}>
            <Text>It needs a workspace of its own. Delete the folder afterwards and nothing is left.</Text>
            <TextInput
              label="Folder"
              value={folder ?? proposed}
              onChange={(event) => setFolder(event.currentTarget.value)}
              data-autofocus
            />
            {error !== null && <FailedNotice title="The sample could not be loaded." error={error} />}
            <Button type="submit" loading={load.isPending} disabled={chosen === ''}>
              Make the workspace and load the sample
            </Button>
          </Stack>
        </form>
      </Modal>
    </Paper>
  );
}
