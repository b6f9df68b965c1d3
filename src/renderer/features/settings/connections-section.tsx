import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Cloud, Pencil, Play, Timer, Trash2 } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { Connection, DiscoverableCloud } from '#shared/model/index.ts';
import { errorOf, QueryView, useEngine } from '../../rpc/index.ts';
import {
  ActionIcon,
  Button,
  EmptyState,
  FailedNotice,
  Group,
  Modal,
  Paper,
  Stack,
  Text,
  Title,
} from '../../ui/index.ts';
import { ConnectionEditor } from './connections/connection-editor.tsx';
import { ConnectButtons } from './connections/connect-buttons.tsx';
import { cloudNames, requestOfConnections } from './connections/connection-form.ts';
import { ScheduleEditor } from './schedules/schedule-editor.tsx';
import { ScheduleLine } from './schedules/schedule-line.tsx';
import { ReadOnlyPolicy } from './connections/read-only-policy.tsx';

/** The clouds of the open workspace. */
export function ConnectionsSection(): ReactElement {
  const { api } = useEngine();
  const info = useQuery(api.system.info.queryOptions());
  const [editing, setEditing] = useState<Connection | DiscoverableCloud | null>(null);
  const [removing, setRemoving] = useState<Connection | null>(null);
  const [scheduling, setScheduling] = useState<string | null>(null);
  const schedules = useQuery(api.schedules.list.queryOptions({ enabled: info.data?.workspace != null }));
  const scheduleOf = (name: string) => schedules.data?.find(({ schedule }) => schedule.connection === name) ?? null;
  const navigate = useNavigate();
  const showRun = (run: number): void => void navigate({ to: '/estate', search: { tab: 'runs', run } });
  const start = useMutation(api.discovery.start.mutationOptions({ onSuccess: ({ run }) => showRun(run) }));
  const remove = useMutation(api.discovery.removeConnection.mutationOptions({ onSuccess: () => setRemoving(null) }));
  return (
    <QueryView query={info} loading="Reading the connections" failed="The connections could not be read">
      {({ workspace }) =>
        workspace === null ? (
          <EmptyState title="Connections belong to a workspace">Open one on the Start screen first.</EmptyState>
        ) : (
          <Stack gap={16}>
            <Group justify="space-between">
              <Title order={2}>Connections</Title>
              <ConnectButtons onConnect={setEditing} />
            </Group>
            {workspace.connections.length === 0 && (
              <EmptyState title="No cloud is connected" icon={<Cloud size={24} aria-hidden />}>
                A connection names profiles, subscriptions or projects, and regions; secrets stay where they are.
              </EmptyState>
            )}
            {workspace.connections.map((connection) => (
              <Paper key={connection.name} withBorder p="sm">
                <Group justify="space-between" wrap="nowrap">
                  <div>
                    <Text fw={600}>{connection.name}</Text>
                    <Text c="dimmed">{describeConnection(connection)}</Text>
                    <ScheduleLine state={scheduleOf(connection.name)} />
                  </div>
                  <Group gap={4} wrap="nowrap">
                    <ActionIcon
                      aria-label={`Map ${connection.name}`}
                      loading={start.isPending}
                      onClick={() => start.mutate(requestOfConnections([connection]))}
                    >
                      <Play size={14} aria-hidden />
                    </ActionIcon>
                    <ActionIcon
                      aria-label={`Schedule ${connection.name}`}
                      disabled={schedules.data === undefined}
                      onClick={() => setScheduling(connection.name)}
                    >
                      <Timer size={14} aria-hidden />
                    </ActionIcon>
                    <ActionIcon aria-label={`Edit ${connection.name}`} onClick={() => setEditing(connection)}>
                      <Pencil size={14} aria-hidden />
                    </ActionIcon>
                    <ActionIcon aria-label={`Remove ${connection.name}`} onClick={() => setRemoving(connection)}>
                      <Trash2 size={14} aria-hidden />
                    </ActionIcon>
                  </Group>
                </Group>
              </Paper>
            ))}
            {schedules.error !== null && (
              <FailedNotice title="The schedules could not be read." error={errorOf(schedules.error)} />
            )}
            {start.error !== null && (
              <FailedNotice title="The run could not be started." error={errorOf(start.error)} />
            )}
            {workspace.connections.length > 1 && (
              <Group>
                <Button
                  leftSection={<Play size={14} aria-hidden />}
                  loading={start.isPending}
                  onClick={() => start.mutate(requestOfConnections(workspace.connections))}
                >
                  Map all {workspace.connections.length} connections
                </Button>
              </Group>
            )}
            <Title order={2}>Read-only policy</Title>
            <ReadOnlyPolicy />
            <Modal
              opened={editing !== null}
              onClose={() => setEditing(null)}
              title={typeof editing === 'string' ? `Connect ${cloudNames[editing]}` : 'Edit the connection'}
            >
              {editing !== null && (
                <ConnectionEditor
                  connection={editing}
                  onSaved={() => setEditing(null)}
                  onMapping={showRun}
                  onCancel={() => setEditing(null)}
                />
              )}
            </Modal>
            <Modal
              opened={scheduling !== null}
              onClose={() => setScheduling(null)}
              title={`Map ${scheduling ?? ''} by itself`}
            >
              {scheduling !== null && (
                <ScheduleEditor
                  connection={scheduling}
                  state={scheduleOf(scheduling)}
                  onClose={() => setScheduling(null)}
                />
              )}
            </Modal>
            <Modal opened={removing !== null} onClose={() => setRemoving(null)} title="Remove the connection">
              <Stack gap={12}>
                <Text>
                  {removing?.name} is taken out of groundplan.yaml. What was mapped through it stays in the estate, and
                  is not mapped again.
                </Text>
                {remove.error !== null && (
                  <FailedNotice title="The connection could not be removed." error={errorOf(remove.error)} />
                )}
                <Group gap={8} justify="flex-end">
                  <Button variant="default" onClick={() => setRemoving(null)}>
                    Cancel
                  </Button>
                  <Button
                    color="red"
                    loading={remove.isPending}
                    onClick={() => removing !== null && remove.mutate({ name: removing.name })}
                  >
                    Remove
                  </Button>
                </Group>
              </Stack>
            </Modal>
          </Stack>
        )
      }
    </QueryView>
  );
}

/** One line about a connection. */
export function describeConnection(connection: Connection): string {
  const regions = connection.regions ?? [];
  const scopes = connection.scopes ?? [];
  const kinds = connection.kinds ?? [];
  return [
    cloudNames[connection.cloud],
    ...(connection.cloud === 'aws' ? wordsOfAccounts(connection) : []),
    scopes.length > 0 ? `only ${scopes.join(', ')}` : null,
    regions.length > 0
      ? `regions ${regions.join(', ')}`
      : connection.cloud === 'aws'
        ? 'all enabled regions'
        : 'all regions',
    kinds.length > 0 ? `only the kinds ${kinds.join(', ')}` : null,
    connection.cloud === 'aws' || connection.accessTokenEnv === undefined
      ? null
      : `token in ${connection.accessTokenEnv}`,
    connection.endpoint === undefined ? null : `at ${connection.endpoint}`,
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

function wordsOfAccounts({
  profiles = [],
  accounts = [],
  organization,
  role,
}: Extract<Connection, { cloud: 'aws' }>): (string | null)[] {
  return [
    profiles.length > 0 ? `profiles ${profiles.join(', ')}` : 'credentials of the environment',
    organization === true ? 'every account of the organisation' : null,
    accounts.length > 0 ? `accounts ${accounts.join(', ')}` : null,
    role === undefined ? null : `role ${role}`,
  ];
}
