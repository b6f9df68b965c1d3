import { useQuery } from '@tanstack/react-query';
import { Split } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { useEngine } from '../../../rpc/index.ts';
import { Button, EmptyState, Group, Screen, Stack, Table, Title } from '../../../ui/index.ts';
import { FolderBrowser } from '../../start/index.ts';
import classes from '../split.module.css';

/** Chooses what is taken apart: an imported root, or a folder of this machine. */
export function ChooseRoot({ onRoot }: { onRoot: (root: string) => void }): ReactElement {
  const { api } = useEngine();
  const artifacts = useQuery({ ...api.artifacts.list.queryOptions(), retry: false });
  const [folder, setFolder] = useState<string | null>(null);
  const roots = (artifacts.data?.artifacts ?? []).filter(({ runner }) => runner === 'terraform');
  return (
    <Screen title="Split a terralith" state="Choose the root" padded>
      <div className={classes.choose}>
        <EmptyState title="Take a monolithic root apart" icon={<Split size={24} aria-hidden />}>
          Its resources fall into parts that are planned, applied and reviewed apart. The code is only read; nothing is
          run, fetched or written until you say so.
        </EmptyState>
        <Stack gap={8}>
          <Title order={2}>A folder of this machine</Title>
          <FolderBrowser path={folder} onPath={setFolder} />
          <Group>
            <Button disabled={folder === null} onClick={() => folder !== null && onRoot(folder)}>
              {folder === null ? 'Open the folder of the root first' : `Take ${folder} apart`}
            </Button>
          </Group>
        </Stack>
        {roots.length > 0 && (
          <Stack gap={8}>
            <Title order={2}>An imported root</Title>
            <Table aria-label="Imported roots">
              <Table.Tbody>
                {roots.map(({ name, version, creates }) => (
                  <Table.Tr key={name}>
                    <Table.Td>
                      {name} {version}
                    </Table.Td>
                    <Table.Td>{Object.values(creates).reduce((sum, count) => sum + count, 0)} resources</Table.Td>
                    <Table.Td className={classes.end}>
                      <Button size="xs" variant="default" onClick={() => onRoot(`artifacts/${name}`)}>
                        Take {name} apart
                      </Button>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Stack>
        )}
      </div>
    </Screen>
  );
}
