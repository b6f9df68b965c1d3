import { useMutation } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { releaseSchema, type Release } from '#shared/model/index.ts';
import { errorOf, useEngine } from '../../../rpc/index.ts';
import { Button, FailedNotice, Group, Modal, notifyDone, Radio, Select, Stack, Textarea } from '../../../ui/index.ts';

export interface StatusDialogProps {
  readonly release: Release;
  readonly versions: readonly string[];
  readonly onClose: () => void;
}

/** Deprecates or withdraws a version, with the reason and what to take instead; or makes it active again. */
export function StatusDialog({ release, versions, onClose }: StatusDialogProps): ReactElement {
  const { client } = useEngine();
  const { name, version } = release;
  const [status, setStatus] = useState(release.status);
  const [reason, setReason] = useState(release.reason ?? '');
  const [successor, setSuccessor] = useState(release.successor);
  const change = useMutation({
    mutationFn: () => client.catalog.setStatus({ name, version, status, reason: reason.trim(), successor }),
    onSuccess: () => {
      notifyDone(`${name} ${version} is ${status}`);
      onClose();
    },
  });
  const needsReason = status !== 'active' && reason.trim() === '';
  return (
    <Modal opened onClose={onClose} title={`Status of ${name} ${version}`}>
      <Stack>
        <Radio.Group
          label="Status"
          value={status}
          onChange={(value) => setStatus(releaseSchema.shape.status.catch(release.status).parse(value))}
        >
          <Radio value="active" label="Active" />
          <Radio value="deprecated" label="Deprecated: still runs, take the successor" />
          <Radio value="withdrawn" label="Withdrawn: cannot be proposed any more" />
        </Radio.Group>
        <Textarea
          label="Reason"
          autosize
          minRows={2}
          value={reason}
          error={needsReason ? 'Say why, for those who use it.' : null}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {status === 'deprecated' && (
          <Select
            label="Successor"
            data={versions.filter((other) => other !== version)}
            value={successor}
            clearable
            onChange={setSuccessor}
          />
        )}
        {change.error !== null && <FailedNotice title="Not changed." error={errorOf(change.error)} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button disabled={needsReason} loading={change.isPending} onClick={() => change.mutate()}>
            Save status
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
