import { useMutation } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { redactions, type Redaction } from '#shared/model/index.ts';
import { errorOf, useEngine } from '../../rpc/index.ts';
import { Button, Checkbox, downloadParts, FailedNotice, Group, Modal, Stack, Text } from '../../ui/index.ts';
import { fetchArchive } from './fetch-archive.ts';
import { mebibytes } from './import-words.ts';
import { useImportStore } from './import-store.ts';

const words: Readonly<Record<Redaction, { readonly label: string; readonly description: string }>> = {
  names: { label: 'Names', description: 'Of resources, in ids, ARNs, bodies and tags' },
  addresses: { label: 'Addresses', description: 'IP addresses and networks; what lies in what stays' },
  accounts: { label: 'Account numbers', description: 'Accounts, subscriptions and projects' },
};

/** Saves the estate as one file, with what a person wants left out replaced by pseudonyms. */
export function ExportDialog(): ReactElement {
  const { exporting, exportClosed } = useImportStore();
  return (
    <Modal
      opened={exporting !== null}
      onClose={exportClosed}
      closeButtonProps={{ 'aria-label': 'Close' }}
      title="Export the estate"
    >
      {exporting !== null && <ExportForm asOf={exporting.asOf} onClose={exportClosed} />}
    </Modal>
  );
}

function ExportForm({ asOf, onClose }: { asOf: number | null; onClose: () => void }): ReactElement {
  const { client } = useEngine();
  const [redact, setRedact] = useState<readonly Redaction[]>([]);
  const save = useMutation({
    mutationFn: async () => {
      const archive = await fetchArchive(client, { redact, asOf });
      const name = `estate${asOf === null ? '' : `-after-run-${asOf}`}${redact.length === 0 ? '' : '-redacted'}`;
      downloadParts(`${name}.ndjson.gz`, archive.parts);
      return archive;
    },
  });
  return (
    <Stack gap={12}>
      <Text c="dimmed">
        One file with everything that {asOf === null ? 'is known now' : `was known after run ${asOf}`}, to be imported
        into another workspace. It holds no passwords and keys, and no history of runs.
      </Text>
      <Checkbox.Group
        label="Replace by pseudonyms"
        description="The same by the same, so that the graph keeps its shape"
        value={[...redact]}
        onChange={(chosen) => setRedact(redactions.filter((one) => chosen.includes(one)))}
      >
        <Stack gap={8} mt={8}>
          {redactions.map((one) => (
            <Checkbox key={one} value={one} label={words[one].label} description={words[one].description} />
          ))}
        </Stack>
      </Checkbox.Group>
      {save.error !== null && <FailedNotice title="The estate could not be exported." error={errorOf(save.error)} />}
      {save.data !== undefined && (
        <Text role="status">
          Saved {save.data.resources.toLocaleString('en')} resources and {save.data.relationships.toLocaleString('en')}{' '}
          relationships, {mebibytes(save.data.bytes)} MiB.
        </Text>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
        <Button loading={save.isPending} onClick={() => save.mutate()}>
          Save the file
        </Button>
      </Group>
    </Stack>
  );
}
