import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import type { Connection, DiscoverableCloud } from '#shared/model/index.ts';
import { Modal, Paper, Stack, Tabs, Text, Title } from '../../ui/index.ts';
import { cloudNames, ConnectButtons, ConnectionEditor, describeConnection, ReadOnlyPolicy } from '../settings/index.ts';

/** Connects a cloud: the sign-ins found here, the policy to copy, and the first run. */
export function ConnectSection(props: { hasWorkspace: boolean; connections: readonly Connection[] }): ReactElement {
  const [cloud, setCloud] = useState<DiscoverableCloud | null>(null);
  const navigate = useNavigate();
  return (
    <Paper withBorder p="md">
      <Stack gap={8}>
        <Title order={2}>Clouds</Title>
        <Text c="dimmed">
          Groundplan reads with the credentials this machine already has. Nothing leaves the machine; there is no
          account and no sign-in.
        </Text>
        {props.connections.map((connection) => (
          <Text key={connection.name}>
            <strong>{connection.name}</strong>: {describeConnection(connection)}
          </Text>
        ))}
        <div>
          <ConnectButtons disabled={!props.hasWorkspace} onConnect={setCloud} />
        </div>
        {!props.hasWorkspace && <Text c="dimmed">Open or make a workspace first; the connection is kept in it.</Text>}
      </Stack>
      <Modal
        opened={cloud !== null}
        onClose={() => setCloud(null)}
        title={cloud === null ? '' : `Connect ${cloudNames[cloud]}`}
      >
        {cloud !== null && (
          <Tabs defaultValue="connection">
            <Tabs.List mb={12}>
              <Tabs.Tab value="connection">Connection</Tabs.Tab>
              <Tabs.Tab value="policy">Read-only policy</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="connection" keepMounted>
              <ConnectionEditor
                connection={cloud}
                onSaved={() => setCloud(null)}
                onMapping={(run) => void navigate({ to: '/estate', search: { tab: 'runs', run } })}
              />
            </Tabs.Panel>
            <Tabs.Panel value="policy">
              <ReadOnlyPolicy cloud={cloud} />
            </Tabs.Panel>
          </Tabs>
        )}
      </Modal>
    </Paper>
  );
}
