import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import { errorOf, useEngine } from '../../rpc/index.ts';
import { Button, FailedNotice, Group, notifyDone, Text, Tooltip } from '../../ui/index.ts';
import { IgnoreDialog } from './ignore-dialog.tsx';

interface DriftActionsProps {
  environment: string;
  chosen: readonly string[];
  all: readonly string[];
  onSelect: (ids: readonly string[]) => void;
}

/** The three ways out of a difference. None changes a cloud: reverting makes a proposal for a person to approve. */
export function DriftActions({ environment, chosen, all, onSelect }: DriftActionsProps): ReactElement {
  const { api } = useEngine();
  const navigate = useNavigate();
  const [ignoring, setIgnoring] = useState(false);
  const items = [...chosen];
  const revert = useMutation(
    api.drift.revert.mutationOptions({
      onSuccess: ({ id }) => navigate({ to: '/review/$id', params: { id } }),
    }),
  );
  const accept = useMutation(
    api.drift.accept.mutationOptions({
      onSuccess: ({ changed, draft }) => {
        onSelect([]);
        notifyDone('Taken over', draft === null ? changed.join(', ') : `${changed.join(', ')}; draft version ${draft}`);
      },
    }),
  );
  const busy = revert.isPending || accept.isPending;
  const none = items.length === 0;
  const error = revert.error ?? accept.error;
  return (
    <>
      <Group gap={8}>
        <Button variant="default" onClick={() => onSelect(none ? all : [])}>
          {none ? 'Select all' : 'Select none'}
        </Button>
        <Text c="dimmed">{none ? 'Select differences to decide on them.' : `${items.length} selected`}</Text>
        <Tooltip label="Proposes a deployment that puts the cloud back; it needs an approval">
          <Button
            disabled={none || busy}
            loading={revert.isPending}
            onClick={() => revert.mutate({ environment, items, reason: '' })}
          >
            Revert
          </Button>
        </Tooltip>
        <Tooltip label="Takes what runs over into the environment’s inputs, or into a draft version">
          <Button
            variant="default"
            disabled={none || busy}
            loading={accept.isPending}
            onClick={() => accept.mutate({ environment, items, reason: '' })}
          >
            Accept
          </Button>
        </Tooltip>
        <Button variant="default" disabled={none || busy} onClick={() => setIgnoring(true)}>
          Ignore…
        </Button>
      </Group>
      {error !== null && <FailedNotice title="Nothing was decided." error={errorOf(error)} />}
      {ignoring && (
        <IgnoreDialog
          environment={environment}
          items={items}
          onClose={() => setIgnoring(false)}
          onDone={() => {
            setIgnoring(false);
            onSelect([]);
          }}
        />
      )}
    </>
  );
}
