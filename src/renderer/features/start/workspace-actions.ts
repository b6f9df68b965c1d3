import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { errorOf, useEngine } from '../../rpc/index.ts';
import { dateText, notifyDone } from '../../ui/index.ts';

/** The last part of a path as a workspace's name. */
export function nameOfFolder(path: string): string {
  return (
    path
      .replace(/[/\\]+$/, '')
      .split(/[/\\]/)
      .at(-1) ?? ''
  );
}

/** A folder inside another, with the separator that the other uses. */
export function folderIn(parent: string, name: string): string {
  const separator = parent.includes('\\') && !parent.includes('/') ? '\\' : '/';
  return parent.endsWith(separator) ? `${parent}${name}` : `${parent}${separator}${name}`;
}

/** Opening and making workspaces; both lead to the Estate. */
export function useWorkspaceActions() {
  const { api } = useEngine();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const refresh = () => queryClient.invalidateQueries();
  const open = useMutation(
    api.system.openWorkspace.mutationOptions({
      onSuccess: async () => {
        await refresh();
        await navigate({ to: '/estate' });
      },
    }),
  );
  const create = useMutation(
    api.system.createWorkspace.mutationOptions({
      onSuccess: async (workspace) => {
        notifyDone(`Workspace ${workspace.name} made`, workspace.path);
        await refresh();
        await navigate({ to: '/estate' });
      },
    }),
  );
  return { open, create };
}

/** Loads the sample estate into the open workspace, or into one made for it, and leads to it. */
export function useSample() {
  const { api, client } = useEngine();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const load = useMutation({
    mutationKey: api.discovery.loadSample.mutationKey(),
    mutationFn: async (folder: string | null) => {
      if (folder !== null) await client.system.createWorkspace({ path: folder, name: nameOfFolder(folder) });
      return client.discovery.loadSample();
    },
    onSuccess: async ({ resources, madeAt }) => {
      notifyDone(
        'The sample estate is loaded',
        `${resources} resources of a made-up company, mapped on ${dateText(Date.parse(madeAt))}.`,
      );
      await queryClient.invalidateQueries();
      await navigate({ to: '/estate', search: { hint: 'sample' } });
    },
  });
  return { load, error: load.error === null ? null : errorOf(load.error) };
}
