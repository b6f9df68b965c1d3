import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ChevronDown, FolderOpen } from 'lucide-react';
import type { ReactElement } from 'react';
import { errorOf, useEngine } from '../rpc/index.ts';
import { Button, Menu, notifyDone, notifyFailed } from '../ui/index.ts';
import classes from './frame.module.css';
import type { EngineInfo } from './use-engine-info.ts';

/** The open workspace; opens another, builds the graph again. */
export function WorkspaceMenu({ info }: { info: EngineInfo | undefined }): ReactElement {
  const navigate = useNavigate();
  const { api } = useEngine();
  const queryClient = useQueryClient();
  const open = useMutation(
    api.system.openWorkspace.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries();
        await navigate({ to: '/estate' });
      },
      onError: (thrown) => notifyFailed('The workspace could not be opened', errorOf(thrown)),
    }),
  );
  const rebuild = useMutation(
    api.estate.rebuild.mutationOptions({
      onSuccess: (stats) => notifyDone('The graph was built again', `${stats.resources} resources from the facts.`),
      onError: (thrown) => notifyFailed('The graph could not be built', errorOf(thrown)),
    }),
  );
  const workspace = info?.workspace ?? null;
  const others = (info?.recent ?? []).filter((recent) => recent.path !== workspace?.path).slice(0, 6);
  return (
    <Menu position="bottom-start" width={320}>
      <Menu.Target>
        <Button
          className={classes.workspace}
          variant="subtle"
          color="gray"
          rightSection={<ChevronDown size={14} aria-hidden />}
          title={workspace?.path}
        >
          <span className="gp-truncate">{workspace?.name ?? 'No workspace'}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {workspace !== null && <Menu.Label>{workspace.path}</Menu.Label>}
        <Menu.Item leftSection={<FolderOpen size={14} aria-hidden />} onClick={() => void navigate({ to: '/start' })}>
          Open or make another…
        </Menu.Item>
        {workspace !== null && (
          <Menu.Item disabled={rebuild.isPending} onClick={() => rebuild.mutate(undefined)}>
            {rebuild.isPending ? 'Building the graph…' : 'Build the graph again from the facts'}
          </Menu.Item>
        )}
        {others.length > 0 && <Menu.Label>Recent</Menu.Label>}
        {others.map((recent) => (
          <Menu.Item key={recent.path} title={recent.path} onClick={() => open.mutate({ path: recent.path })}>
            {recent.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
