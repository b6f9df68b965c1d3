import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { QueryView, useEngine } from '../../../rpc/index.ts';
import { CodeBlock, Stack, Text } from '../../../ui/index.ts';

/** The least that discovery needs, to copy into IAM. It follows from the steps themselves. */
export function ReadOnlyPolicy(): ReactElement {
  const { api } = useEngine();
  const steps = useQuery(api.discovery.steps.queryOptions());
  return (
    <QueryView query={steps} loading="Reading what discovery needs" failed="The policy could not be made">
      {({ steps: all, policies }) => (
        <Stack gap={8}>
          <Text c="dimmed">
            Read-only, and no more than the {all.length} discovery steps call. What it leaves out appears in Coverage as
            denied, with the permission’s name; the rest is still mapped.
          </Text>
          {policies.map(({ cloud, title, text }) => (
            <CodeBlock key={cloud} text={text} label={title} maxHeight={320} />
          ))}
        </Stack>
      )}
    </QueryView>
  );
}
