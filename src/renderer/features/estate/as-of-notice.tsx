import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useEngine } from '../../rpc/index.ts';
import { absoluteText, Button, PartialNotice } from '../../ui/index.ts';
import type { Tab } from './address/address.ts';

export interface AsOfNoticeProps {
  run: number;
  tab: Tab;
  onNow: () => void;
}

/** Says that the past is shown, what of it is not of the past, and leads back to now. */
export function AsOfNotice({ run, tab, onNow }: AsOfNoticeProps): ReactElement {
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
      {tab === 'runs' && ' The list of runs and their comparison are not of the past: all of them are here.'}
    </PartialNotice>
  );
}
