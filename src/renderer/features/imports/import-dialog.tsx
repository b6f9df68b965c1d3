import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { RunProgress } from '#shared/model/index.ts';
import { errorOf, useEngine, useStream } from '../../rpc/index.ts';
import { Button, FailedNotice, FileButton, Group, Modal, Progress, Stack, StatusBadge, Text } from '../../ui/index.ts';
import { ImportReport } from './import-report.tsx';
import { useImportStore, type ImportStage } from './import-store.ts';
import { mebibytes, shareOf, wordsOf } from './import-words.ts';
import { useImport } from './use-import.ts';

/** Files on their way into the map: chosen, sent, read, and what became of them. */
export function ImportDialog(): ReactElement {
  const { import: now, moved } = useImportStore();
  const close = (): void => moved({ stage: 'closed' });
  return (
    <Modal
      opened={now.stage !== 'closed'}
      // Sending would go on unseen; it is cancelled by its own button.
      onClose={now.stage === 'sending' ? () => undefined : close}
      withCloseButton={now.stage !== 'sending'}
      closeButtonProps={{ 'aria-label': 'Close' }}
      title="Import files"
      size="xl"
    >
      <Stage now={now} onClose={close} />
    </Modal>
  );
}

function Stage({ now, onClose }: { now: ImportStage; onClose: () => void }): ReactElement | null {
  const importFiles = useImport();
  const again = (
    <FileButton
      what="Files to import"
      label="Choose files"
      onFiles={(files) => void importFiles(files)}
      variant="filled"
    />
  );
  switch (now.stage) {
    case 'closed':
      return null;
    case 'choosing':
      return (
        <Stack gap={12}>
          <Text c="dimmed">
            Exports of AWS Config, Azure Resource Graph and Google Cloud&rsquo;s asset inventory, Terraform and OpenTofu
            states and plans, and archives of Groundplan; gzipped or in zip archives too. What a file is, its content
            tells. Files can also be dropped anywhere on the window. Nothing leaves this machine.
          </Text>
          <Group justify="flex-end">{again}</Group>
        </Stack>
      );
    case 'sending': {
      const { file, sent, total } = now.progress;
      return (
        <Stack gap={12}>
          <div role="status">
            Taking in {file}: {mebibytes(sent)} of {mebibytes(total)} MiB
          </div>
          <Progress value={total === 0 ? 100 : (sent / total) * 100} aria-label="Taken in" color="ink" />
          <Group justify="flex-end">
            <Button variant="default" onClick={now.cancel}>
              Cancel
            </Button>
          </Group>
        </Stack>
      );
    }
    case 'reading':
      return <Reading run={now.run} onClose={onClose} />;
    case 'failed':
      return (
        <Stack gap={12}>
          <FailedNotice title="The files could not be imported. The estate is as it was." error={now.error} />
          <Group justify="flex-end">{again}</Group>
        </Stack>
      );
  }
}

function Reading({ run, onClose }: { run: number; onClose: () => void }): ReactElement {
  const { api, client } = useEngine();
  const navigate = useNavigate();
  const cancel = useMutation(api.discovery.cancel.mutationOptions());
  const progress = useStream<RunProgress, RunProgress | null>({
    key: `import ${run}`,
    open: (signal) => client.discovery.progress({ run }, { signal }),
    initial: null,
    fold: (_before, next) => next,
    resume: true,
  });
  const now = progress.value;
  const done = now?.phase === 'done' || (progress.status === 'done' && now !== null);
  if (progress.status === 'failed' && progress.error !== null) {
    return <FailedNotice title="The progress cannot be followed." error={progress.error} />;
  }
  if (!done) {
    const writing = now?.run.status !== 'running' && now !== null;
    return (
      <Stack gap={12}>
        <div role="status">{wordsOf(now)}</div>
        <Progress value={shareOf(now)} aria-label="Read" color="ink" animated={writing} />
        {cancel.error !== null && <FailedNotice title="It could not be cancelled." error={errorOf(cancel.error)} />}
        <Group justify="flex-end">
          <Button
            variant="default"
            disabled={writing}
            loading={cancel.isPending}
            onClick={() => cancel.mutate({ run })}
          >
            Cancel
          </Button>
        </Group>
      </Stack>
    );
  }
  const { error, relationships, resources, status } = now.run;
  const isKept = status === 'complete' || status === 'partial';
  return (
    <Stack gap={12}>
      <Group gap={8}>
        <StatusBadge tone={status === 'complete' ? 'good' : isKept ? 'attention' : 'bad'}>{status}</StatusBadge>
        {isKept
          ? `${resources.toLocaleString('en')} resources and ${relationships.toLocaleString('en')} relationships in run ${run}.`
          : `${error ?? 'The import was cancelled.'} The estate is as it was.`}
      </Group>
      <ImportReport run={run} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
        {isKept && (
          <Button
            onClick={() => {
              onClose();
              void navigate({ to: '/estate', search: {} });
            }}
          >
            Show the estate
          </Button>
        )}
      </Group>
    </Stack>
  );
}
