import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { ArrowUp, FileCode, Folder, FolderCheck } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { errorOf, useEngine, type Engine } from '../../rpc/index.ts';
import { Button, FailedNotice, Group, Loader, Stack, Text, TextInput, UnstyledButton } from '../../ui/index.ts';
import classes from './start.module.css';

type Folder = Awaited<ReturnType<Engine['client']['system']['browseFolders']>>;

/** A folder of this machine with what is in it; null is the home folder. */
export function useFolder(path: string | null, files = false): UseQueryResult<Folder> {
  const { api } = useEngine();
  const input = files ? { path, files } : { path };
  return useQuery(api.system.browseFolders.queryOptions({ input, placeholderData: keepPreviousData, staleTime: 0 }));
}

export interface FolderBrowserProps {
  path: string | null;
  onPath: (path: string) => void;
  /** Files can be chosen as well: those whose names match. */
  files?: { readonly matching: RegExp; readonly onFile: (path: string) => void };
}

/** Walks the folders of this machine. Folders that are workspaces are marked. */
export function FolderBrowser({ path, onPath, files }: FolderBrowserProps): ReactElement {
  const [typed, setTyped] = useState<string | null>(null);
  const folders = useFolder(path, files !== undefined);
  const shown = folders.data;
  const offered = (shown?.files ?? []).filter(({ name }) => files?.matching.test(name) === true);

  function go(next: string): void {
    setTyped(null);
    onPath(next);
  }

  return (
    <Stack gap={8}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (typed !== null && typed.trim() !== '') go(typed.trim());
        }}
      >
        <Group gap={8} wrap="nowrap" align="end">
          <TextInput
            style={{ flex: 1 }}
            label="Folder"
            value={typed ?? path ?? shown?.path ?? ''}
            onChange={(event) => setTyped(event.currentTarget.value)}
            rightSection={folders.isFetching ? <Loader size={14} color="gray" /> : null}
          />
          <Button type="submit" variant="default" disabled={typed === null}>
            Go there
          </Button>
        </Group>
      </form>
      {folders.error !== null && <FailedNotice title="The folder could not be read." error={errorOf(folders.error)} />}
      <ul className={classes.folders} aria-label={files === undefined ? 'Folders' : 'Folders and files'}>
        {shown?.parent != null && (
          <li>
            <UnstyledButton className={classes.folder} onClick={() => go(shown.parent ?? shown.path)}>
              <ArrowUp size={14} aria-hidden /> Up
            </UnstyledButton>
          </li>
        )}
        {(shown?.folders ?? []).map((folder) => (
          <li key={folder.path}>
            <UnstyledButton className={classes.folder} onClick={() => go(folder.path)}>
              {folder.isWorkspace ? <FolderCheck size={14} aria-hidden /> : <Folder size={14} aria-hidden />}
              <span className="gp-truncate">{folder.name}</span>
              {folder.isWorkspace && <span className="gp-dimmed">workspace</span>}
            </UnstyledButton>
          </li>
        ))}
        {offered.map((file) => (
          <li key={file.path}>
            <UnstyledButton className={classes.folder} onClick={() => files?.onFile(file.path)}>
              <FileCode size={14} aria-hidden />
              <span className="gp-truncate">{file.name}</span>
              <span className="gp-dimmed">add</span>
            </UnstyledButton>
          </li>
        ))}
        {shown?.folders.length === 0 && offered.length === 0 && (
          <li>
            <Text c="dimmed" px={8}>
              {files === undefined ? 'No folders in here.' : 'No folders and no code in here.'}
            </Text>
          </li>
        )}
      </ul>
    </Stack>
  );
}
