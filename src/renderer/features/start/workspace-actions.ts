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

/** A name that no folder has yet: `sample`, then `sample-2`, `sample-3`. */
export function freeName(wanted: string, taken: readonly string[]): string {
  const names = new Set(taken);
  let name = wanted;
  for (let number = 2; names.has(name); number += 1) name = `${wanted}-${number}`;
  return name;
}

/** Reads everything again, but waits only for which workspace is open: to look for tools alone takes seconds. */
function useRefresh(): () => Promise<void> {
  const { api } = useEngine();
  const queryClient = useQueryClient();
  return async () => {
    await queryClient.invalidateQueries({ queryKey: api.system.info.key() });
    void queryClient.invalidateQueries();
  };
}

/** Opening and making workspaces; both lead to the Estate. */
export function useWorkspaceActions() {
  const { api } = useEngine();
  const navigate = useNavigate();
  const refresh = useRefresh();
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

const sampleName = 'groundplan-sample';

/** Where the sample is loaded: a workspace that holds nothing yet takes it, else it gets a new one in the home folder. */
export type SamplePlace = 'open-workspace' | 'new-workspace';

/** Loads the sample estate in one step, says where it lies and leads to it. */
export function useSample() {
  const { api, client } = useEngine();
  const navigate = useNavigate();
  const refresh = useRefresh();
  const load = useMutation({
    mutationKey: api.discovery.loadSample.mutationKey(),
    mutationFn: async (place: SamplePlace) => {
      if (place === 'open-workspace') return { ...(await client.discovery.loadSample()), made: null };
      const home = await client.system.browseFolders({ path: null });
      const name = freeName(
        sampleName,
        home.folders.map((folder) => folder.name),
      );
      const made = await client.system.createWorkspace({ path: folderIn(home.path, name), name });
      return { ...(await client.discovery.loadSample()), made: made.path };
    },
    onSuccess: async ({ resources, madeAt, made }) => {
      const what = `${resources} resources of a made-up company, mapped on ${dateText(Date.parse(madeAt))}`;
      notifyDone('The sample estate is loaded', made === null ? `${what}.` : `${what}, in ${made}.`);
      await refresh();
      await navigate({ to: '/estate', search: { hint: 'sample' } });
    },
  });
  return { load, error: load.error === null ? null : errorOf(load.error) };
}
