import { useQuery } from '@tanstack/react-query';
import { RotateCw } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import type { ToolStatus } from '#shared/model/index.ts';
import { QueryView, useEngine } from '../../rpc/index.ts';
import { Button, Group, ShortId, Stack, StatusBadge, Table, Text, type StatusTone } from '../../ui/index.ts';

const tones: Record<ToolStatus['status'], StatusTone> = {
  found: 'good',
  missing: 'unknown',
  'too-old': 'attention',
  broken: 'bad',
};

/** The command-line tools on this machine: found where, which version, what for, how to get them. */
export function ToolsTable(): ReactElement {
  const { api } = useEngine();
  const doctor = useQuery(api.system.doctor.queryOptions());
  return (
    <QueryView query={doctor} loading="Looking for the command-line tools" failed="The tools could not be looked for">
      {(tools) => (
        <Stack gap={8}>
          <Table verticalSpacing={4} aria-label="Command-line tools">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Tool</Table.Th>
                <Table.Th>Status</Table.Th>
                <Table.Th>Version</Table.Th>
                <Table.Th>What for</Table.Th>
                <Table.Th>Where, or how to get it</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {tools.filter(isForUsers).map((tool) => (
                <Table.Tr key={tool.name}>
                  <Table.Td>{tool.name}</Table.Td>
                  <Table.Td>
                    <StatusBadge tone={tones[tool.status]}>{tool.status.replace('-', ' ')}</StatusBadge>
                  </Table.Td>
                  <Table.Td style={{ whiteSpace: 'nowrap' }}>
                    {tool.version ?? '–'}
                    {tool.minimum !== null && tool.status !== 'found' && ` (needs ${tool.minimum})`}
                  </Table.Td>
                  <Table.Td>{tool.purpose}</Table.Td>
                  <Table.Td>
                    {tool.path !== null && <ShortId id={tool.path} most={48} />}
                    {tool.advice !== null && <Text>{withCode(tool.advice)}</Text>}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          <Group>
            <Button
              variant="default"
              leftSection={<RotateCw size={14} aria-hidden />}
              loading={doctor.isFetching}
              onClick={() => void doctor.refetch()}
            >
              Look again
            </Button>
          </Group>
        </Stack>
      )}
    </QueryView>
  );
}

/** What only the project's own tests need is for the command line's doctor to list. */
function isForUsers({ neededBy }: ToolStatus): boolean {
  return neededBy === 'groundplan';
}

/** Commands between backticks as code. */
function withCode(text: string): readonly ReactNode[] {
  return text.split('`').map((part, index) => (index % 2 === 1 ? <code key={part}>{part}</code> : part));
}
