import type { ReactElement } from 'react';
import type { Engine } from '../../rpc/index.ts';
import { Button, FailedNotice, Paper, Stack, Text, Title } from '../../ui/index.ts';
import { useSample, type SamplePlace } from './workspace-actions.ts';

type Workspace = Awaited<ReturnType<Engine['client']['system']['info']>>['workspace'];

/** One click to look around: no cloud, no network, no tools, no question. */
export function SampleSection({ workspace }: { workspace: Workspace }): ReactElement {
  const { load, error } = useSample();
  // A made-up company must not stand among what was mapped.
  const place: SamplePlace = workspace !== null && workspace.lastMappedAt === null ? 'open-workspace' : 'new-workspace';
  return (
    <Paper withBorder p="md">
      <Stack gap={8}>
        <Title order={2}>Sample estate</Title>
        <Text c="dimmed">
          A made-up company: three accounts, two regions with the same pattern, leftovers and drift. Needs no cloud, no
          network and no tools.
        </Text>
        <div>
          <Button loading={load.isPending} onClick={() => load.mutate(place)}>
            Explore the sample estate
          </Button>
        </div>
        <Text c="dimmed">
          {place === 'open-workspace'
            ? 'It is loaded into the open workspace, which is empty.'
            : 'It gets a workspace of its own in your home folder; delete that folder and nothing is left.'}
        </Text>
        {error !== null && <FailedNotice title="The sample could not be loaded." error={error} />}
      </Stack>
    </Paper>
  );
}
