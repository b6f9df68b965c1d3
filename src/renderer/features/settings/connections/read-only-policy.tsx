import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { DiscoverableCloud } from '#shared/model/index.ts';
import { QueryView, useEngine } from '../../../rpc/index.ts';
import { CodeBlock, Stack, Text } from '../../../ui/index.ts';

/** The least that discovery needs in one cloud, or in each, to copy. It follows from the steps themselves. */
export function ReadOnlyPolicy({ cloud: only }: { cloud?: DiscoverableCloud }): ReactElement {
  const { api } = useEngine();
  const steps = useQuery(api.discovery.steps.queryOptions());
  return (
    <QueryView query={steps} loading="Reading what discovery needs" failed="The policy could not be made">
      {({ steps: all, policies }) => (
        <Stack gap={8}>
          <Text c="dimmed">
            Read-only, and no more than the {countOf(all, only)} discovery steps call. What it leaves out appears in
            Coverage as denied, with the permission’s name; the rest is still mapped.
          </Text>
          {policies
            .filter(({ cloud }) => only === undefined || cloud === only)
            .map(({ cloud, title, text }) => (
              <Stack key={cloud} gap={4}>
                <Text fw={600}>{title}</Text>
                <CodeBlock text={text} label={title} maxHeight={320} />
              </Stack>
            ))}
        </Stack>
      )}
    </QueryView>
  );
}

function countOf(steps: readonly { readonly cloud: DiscoverableCloud }[], only: DiscoverableCloud | undefined): number {
  return steps.filter(({ cloud }) => only === undefined || cloud === only).length;
}
