import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useEngine } from '../../rpc/index.ts';
import { absoluteText, Button, PartialNotice } from '../../ui/index.ts';

/** Says that the past is shown, and leads back to now. */
export function AsOfNotice({ run, onNow }: { run: number; onNow: () => void }): ReactElement {
  const { api } = useEngine();
  const runs = useQuery(api.discovery.runs.queryOptions());
  const at = runs.data?.find((candidate) => candidate.id === run)?.startedAt;
  return (
    <PartialNotice
      action={
        <Button variant="default" onClick={onNow}>
          Back to now
        </Button>
      }
    >
      This is the past: the estate as it stood after run {run}
      {at !== undefined && `, ${absoluteText(at)}`}, without environments and deployments.
    </PartialNotice>
  );
}
