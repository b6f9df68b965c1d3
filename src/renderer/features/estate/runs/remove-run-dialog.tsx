import { skipToken, useMutation, useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { bytesText } from '#shared/base/bytes-text.ts';
import type { RunRemoval } from '#shared/model/index.ts';
import { errorOf, QueryView, useEngine } from '../../../rpc/index.ts';
import { Button, FailedNotice, Group, Modal, notifyDone, PartialNotice, Stack, Text } from '../../../ui/index.ts';

export interface RemoveRunDialogProps {
  /** The run to remove; null while nothing is asked. */
  run: number | null;
  onClose: () => void;
}

/** Says what removing a run would mean, and removes it when that is wanted. */
export function RemoveRunDialog({ run, onClose }: RemoveRunDialogProps): ReactElement {
  const { api } = useEngine();
  const removal = useQuery(api.runs.removal.queryOptions({ input: run === null ? skipToken : { run } }));
  const remove = useMutation(
    api.runs.remove.mutationOptions({
      onSuccess: (done) => {
        notifyDone(`Run ${done.run} was removed: ${bytesText(done.bytes)}.`);
        onClose();
      },
    }),
  );
  return (
    <Modal opened={run !== null} onClose={onClose} title={`Remove run ${run ?? ''}`}>
      <QueryView query={removal} loading="Finding out what rests on this run" failed="It could not be found out">
        {(told) => (
          <Stack gap={12}>
            <Meaning removal={told} />
            {remove.error !== null && (
              <FailedNotice title="The run could not be removed." error={errorOf(remove.error)} />
            )}
            <Group gap={8} justify="flex-end">
              <Button variant="default" onClick={onClose}>
                Keep it
              </Button>
              <Button
                color="red"
                disabled={told.cells > 0}
                loading={remove.isPending}
                onClick={() => remove.mutate({ run: told.run })}
              >
                Remove run {told.run}
              </Button>
            </Group>
          </Stack>
        )}
      </QueryView>
    </Modal>
  );
}

function Meaning({ removal: { run, bytes, cells, spoils } }: { removal: RunRemoval }): ReactElement {
  if (cells > 0) {
    return (
      <PartialNotice>
        The map rests on run {run} for {cells === 1 ? 'one listing' : `${cells} listings`} that no later run completed.
        Map those places again; once they are complete, the run can be removed.
      </PartialNotice>
    );
  }
  return (
    <>
      <Text>
        What run {run} saw is removed for good: {bytesText(bytes)}. The map of now stays as it is.
      </Text>
      {spoils.length > 0 && (
        <PartialNotice>
          The estate cannot be shown any more as it stood after {spoils.length === 1 ? 'run' : 'runs'}{' '}
          {spoils.join(', ')}: it rested on this one.
        </PartialNotice>
      )}
    </>
  );
}
