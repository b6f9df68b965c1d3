import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { QueryView, useEngine } from '../../rpc/index.ts';
import { Paper, Screen, Stack, Text, Title } from '../../ui/index.ts';
import { ImportButton } from '../imports/index.ts';
import { ToolsTable } from '../settings/index.ts';
import { ConnectSection } from './connect-section.tsx';
import { SampleSection } from './sample-section.tsx';
import classes from './start.module.css';
import { WorkspaceSection } from './workspace-section.tsx';

/** Where one begins: a workspace, the sample, a cloud, the tools found. */
export function StartScreen(): ReactElement {
  const { api } = useEngine();
  const info = useQuery(api.system.info.queryOptions());
  const home = useQuery(api.system.browseFolders.queryOptions({ input: { path: null } }));
  return (
    <Screen title="Start" padded>
      <QueryView query={info} loading="Asking the engine what is open" failed="The engine did not answer">
        {(data) => (
          <>
            <div className={classes.intro}>
              <p>
                Map what really runs, pull proven patterns out of it, package them as versioned blueprints, and deploy
                them with one approval.
              </p>
            </div>
            <div className={classes.columns}>
              <WorkspaceSection info={data} home={home.data?.path ?? null} />
              <SampleSection workspace={data.workspace} />
              <ConnectSection hasWorkspace={data.workspace !== null} connections={data.workspace?.connections ?? []} />
              <Paper withBorder p="md">
                <Stack gap={8}>
                  <Title order={2}>Files</Title>
                  <Text c="dimmed">
                    Exports of the clouds, Terraform and OpenTofu states, and estates that Groundplan exported: choose
                    them, or drop them on the window.
                  </Text>
                  <div>
                    <ImportButton disabled={data.workspace === null} />
                  </div>
                  {data.workspace === null && <Text c="dimmed">Open or make a workspace first.</Text>}
                </Stack>
              </Paper>
              <Paper withBorder p="md" className={classes.wide}>
                <Stack gap={8}>
                  <Title order={2}>Tools found</Title>
                  <ToolsTable />
                </Stack>
              </Paper>
            </div>
          </>
        )}
      </QueryView>
    </Screen>
  );
}
