import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Cloud, Pencil, Plus } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { Connection } from '#shared/model/index.ts';
import { QueryView, useEngine } from '../../rpc/index.ts';
import { ActionIcon, Button, EmptyState, Group, Modal, Paper, Stack, Text, Title } from '../../ui/index.ts';
import { ConnectionEditor } from './connections/connection-editor.tsx';
import type { AwsConnection } from './connections/connection-form.ts';
import { ReadOnlyPolicy } from './connections/read-only-policy.tsx';

/** The clouds of the open workspace. */
export function ConnectionsSection(): ReactElement {
  const { api } = useEngine();
  const info = useQuery(api.system.info.queryOptions());
  const [editing, setEditing] = useState<AwsConnection | 'new' | null>(null);
  const navigate = useNavigate();
  return (
    <QueryView query={info} loading="Reading the connections" failed="The connections could not be read">
      {({ workspace }) =>
        workspace === null ? (
          <EmptyState title="Connections belong to a workspace">Open one on the Start screen first.</EmptyState>
        ) : (
          <Stack gap={16}>
            <Group justify="space-between">
              <Title order={2}>Connections</Title>
              <Button variant="default" leftSection={<Plus size={14} aria-hidden />} onClick={() => setEditing('new')}>
                Connect AWS
              </Button>
            </Group>
            {workspace.connections.length === 0 && (
              <EmptyState title="No cloud is connected" icon={<Cloud size={24} aria-hidden />}>
                A connection names profiles, accounts and regions; secrets stay where they are.
              </EmptyState>
            )}
            {workspace.connections.map((connection) => (
              <Paper key={connection.name} withBorder p="sm">
                <Group justify="space-between" wrap="nowrap">
                  <div>
                    <Text fw={600}>{connection.name}</Text>
                    <Text c="dimmed">{describeConnection(connection)}</Text>
                  </div>
                  {connection.cloud === 'aws' && (
                    <ActionIcon aria-label={`Edit ${connection.name}`} onClick={() => setEditing(connection)}>
                      <Pencil size={14} aria-hidden />
                    </ActionIcon>
                  )}
                </Group>
              </Paper>
            ))}
            <Title order={2}>Read-only policy</Title>
            <ReadOnlyPolicy />
            <Modal
              opened={editing !== null}
              onClose={() => setEditing(null)}
              title={editing === 'new' ? 'Connect AWS' : 'Edit the connection'}
            >
              {editing !== null && (
                <ConnectionEditor
                  connection={editing === 'new' ? null : editing}
                  onSaved={() => setEditing(null)}
                  onMapping={(run) => void navigate({ to: '/estate', search: { tab: 'runs', run } })}
                  onCancel={() => setEditing(null)}
                />
              )}
            </Modal>
          </Stack>
        )
      }
    </QueryView>
  );
}

const cloudNames = { aws: 'AWS', azure: 'Azure', gcp: 'Google Cloud' } as const;

/** One line about a connection. */
export function describeConnection(connection: Connection): string {
  const regions = connection.regions ?? [];
  const scopes = connection.scopes ?? [];
  return [
    cloudNames[connection.cloud],
    ...(connection.cloud === 'aws' ? wordsOfAccounts(connection) : []),
    scopes.length > 0 ? `only ${scopes.join(', ')}` : null,
    regions.length > 0 ? `regions ${regions.join(', ')}` : 'all enabled regions',
    connection.endpoint === undefined ? null : `at ${connection.endpoint}`,
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

function wordsOfAccounts({ profiles = [], accounts = [], organization, role }: AwsConnection): (string | null)[] {
  return [
    profiles.length > 0 ? `profiles ${profiles.join(', ')}` : 'credentials of the environment',
    organization === true ? 'every account of the organisation' : null,
    accounts.length > 0 ? `accounts ${accounts.join(', ')}` : null,
    role === undefined ? null : `role ${role}`,
  ];
}
