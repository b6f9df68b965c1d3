import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, type ReactElement } from 'react';
import { errorOf, useEngine } from '../../rpc/index.ts';
import { Button, FailedNotice, FailedState, LoadingState, Screen, Stack } from '../../ui/index.ts';
import { startOfHistory } from './decisions/decision-history.ts';
import { useSplitStore } from './decisions/split-store.ts';
import { SplitView } from './split-view.tsx';

/** One root being taken apart: computed anew after each decision, the last answer stays until the next one is there. */
export function Workbench({ root, onOther }: { root: string; onOther: () => void }): ReactElement {
  const { api } = useEngine();
  const queries = useQueryClient();
  const opened = useSplitStore((state) => state.opened);
  const decisions = useSplitStore((state) => state.history.present);
  const decide = useSplitStore((state) => state.decide);
  const undo = useSplitStore((state) => state.undo);
  const current = useSplitStore((state) => state.root) === root;
  useEffect(() => opened(root), [opened, root]);
  const options = api.split.propose.queryOptions({
    input: { root, decisions },
    enabled: current,
    placeholderData: keepPreviousData,
    retry: false,
    // A file may have been edited since.
    staleTime: 0,
  });
  const proposal = useQuery(options);
  const other = (
    <Button variant="default" onClick={onOther}>
      Another root
    </Button>
  );
  if (proposal.data === undefined) {
    return (
      <Screen title="Split a terralith" state={root} actions={other} padded>
        {proposal.error === null ? (
          <Stack align="center">
            <LoadingState what={`Reading ${root} and looking for what belongs together`} />
            <Button
              variant="default"
              onClick={() => {
                void queries.cancelQueries({ queryKey: options.queryKey });
                onOther();
              }}
            >
              Cancel
            </Button>
          </Stack>
        ) : (
          <FailedState
            title="The root could not be divided"
            error={errorOf(proposal.error)}
            onRetry={() => void proposal.refetch()}
            action={
              <>
                {decisions !== startOfHistory.present && (
                  <Button variant="default" onClick={() => decide(() => startOfHistory.present)}>
                    Start over
                  </Button>
                )}
                {other}
              </>
            }
          />
        )}
      </Screen>
    );
  }
  return (
    <>
      <SplitView
        proposal={proposal.data}
        computing={proposal.isFetching}
        onOther={onOther}
        onCancel={() => {
          void queries.cancelQueries({ queryKey: options.queryKey });
          if (proposal.isPlaceholderData) undo();
        }}
      >
        {proposal.error !== null && (
          <Stack gap={4}>
            <FailedNotice title="That cannot be done." error={errorOf(proposal.error)} />
            <Button size="xs" variant="default" onClick={undo}>
              Undo the last step
            </Button>
          </Stack>
        )}
      </SplitView>
    </>
  );
}
