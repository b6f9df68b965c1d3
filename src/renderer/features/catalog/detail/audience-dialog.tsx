import { useMutation } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { Release } from '#shared/model/index.ts';
import { errorOf, useEngine } from '../../../rpc/index.ts';
import { Button, FailedNotice, Group, Modal, notifyDone, Stack } from '../../../ui/index.ts';
import { AudienceFields } from '../../blueprints/index.ts';

/** Who may deploy a version; the version itself never changes. */
export function AudienceDialog({ release, onClose }: { release: Release; onClose: () => void }): ReactElement {
  const { client } = useEngine();
  const { name, version } = release;
  const [audience, setAudience] = useState(release.audience);
  const change = useMutation({
    mutationFn: () => client.catalog.setAudience({ name, version, audience }),
    onSuccess: () => {
      notifyDone(`The audience of ${name} ${version} was changed`);
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={`Audience of ${name} ${version}`}>
      <Stack>
        <AudienceFields value={audience} onChange={setAudience} />
        {change.error !== null && <FailedNotice title="Not changed." error={errorOf(change.error)} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button loading={change.isPending} onClick={() => change.mutate()}>
            Save audience
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
