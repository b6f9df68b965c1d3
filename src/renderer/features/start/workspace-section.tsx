import { FolderOpen, FolderPlus } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { errorOf, type Engine } from '../../rpc/index.ts';
import {
  Button,
  FailedNotice,
  Group,
  Modal,
  Paper,
  RelativeTime,
  Stack,
  Text,
  TextInput,
  Title,
  UnstyledButton,
  shortenMiddle,
} from '../../ui/index.ts';
import { FolderBrowser, useFolder } from './folder-browser.tsx';
import classes from './start.module.css';
import { folderIn, nameOfFolder, useWorkspaceActions } from './workspace-actions.ts';

type Info = Awaited<ReturnType<Engine['client']['system']['info']>>;

/** Opens or makes a workspace; those opened before come first. */
export function WorkspaceSection({ info, home }: { info: Info; home: string | null }): ReactElement {
  const { open } = useWorkspaceActions();
  const [dialog, setDialog] = useState<'open' | 'make' | null>(null);
  return (
    <Paper withBorder p="md">
      <Stack gap={8}>
        <Title order={2}>Workspace</Title>
        <Text c="dimmed">
          A folder of yours with blueprints and environments, made to be kept in git, and <code>.groundplan</code>, kept
          out of it, with what was mapped.
        </Text>
        {info.workspace !== null && (
          <Text>
            Open now: <strong>{info.workspace.name}</strong> in {info.workspace.path}
          </Text>
        )}
        <Group gap={8}>
          <Button
            variant="default"
            leftSection={<FolderOpen size={14} aria-hidden />}
            onClick={() => setDialog('open')}
          >
            Open a folder
          </Button>
          <Button
            variant="default"
            leftSection={<FolderPlus size={14} aria-hidden />}
            onClick={() => setDialog('make')}
          >
            Make a workspace
          </Button>
        </Group>
        {open.error !== null && dialog === null && (
          <FailedNotice title="The workspace could not be opened." error={errorOf(open.error)} />
        )}
        {info.recent.length > 0 && (
          <>
            <Title order={3}>Recent</Title>
            <div>
              {info.recent.map((recent) => (
                <UnstyledButton
                  key={recent.path}
                  className={classes.recent}
                  onClick={() => open.mutate({ path: recent.path })}
                >
                  <strong>{recent.name}</strong>
                  <span className={`${classes.path} gp-truncate gp-dimmed`} title={recent.path}>
                    {shortenMiddle(recent.path, 40)}
                  </span>
                  <span className="gp-dimmed">
                    <RelativeTime at={recent.openedAt} />
                  </span>
                </UnstyledButton>
              ))}
            </div>
          </>
        )}
      </Stack>
      <Modal opened={dialog === 'open'} onClose={() => setDialog(null)} title="Open a folder">
        {dialog === 'open' && <OpenDialog />}
      </Modal>
      <Modal opened={dialog === 'make'} onClose={() => setDialog(null)} title="Make a workspace">
        {dialog === 'make' && <MakeDialog home={home} />}
      </Modal>
    </Paper>
  );
}

function OpenDialog(): ReactElement {
  const [path, setPath] = useState<string | null>(null);
  const { open } = useWorkspaceActions();
  const folder = useFolder(path);
  const shown = folder.data?.path;
  return (
    <Stack gap={12}>
      <FolderBrowser path={path} onPath={setPath} />
      {open.error !== null && <FailedNotice title="This folder could not be opened." error={errorOf(open.error)} />}
      <Group gap={8}>
        <Button
          disabled={shown === undefined}
          loading={open.isPending}
          onClick={() => shown !== undefined && open.mutate({ path: shown })}
        >
          {shown === undefined ? 'Open this folder' : `Open ${nameOfFolder(shown)}`}
        </Button>
      </Group>
    </Stack>
  );
}

function MakeDialog({ home }: { home: string | null }): ReactElement {
  const [parent, setParent] = useState<string | null>(home);
  const [name, setName] = useState('cloud');
  const { create } = useWorkspaceActions();
  const path = parent === null ? null : folderIn(parent, name.trim());
  return (
    <Stack gap={12}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (path !== null) create.mutate({ path, name: name.trim() });
        }}
      >
        <Stack gap={12}>
          <TextInput
            label="Name"
            description="Also the name of the new folder."
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          <Text>
            Will be made in <code>{path ?? '…'}</code>
          </Text>
          {create.error !== null && (
            <FailedNotice title="The workspace could not be made." error={errorOf(create.error)} />
          )}
          <Button type="submit" disabled={path === null || name.trim() === ''} loading={create.isPending}>
            Make {name.trim() === '' ? 'the workspace' : name.trim()}
          </Button>
        </Stack>
      </form>
      <details>
        <summary>Choose another place</summary>
        <FolderBrowser path={parent} onPath={setParent} />
      </details>
    </Stack>
  );
}
