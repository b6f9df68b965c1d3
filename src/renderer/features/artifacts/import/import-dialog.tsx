import { useMutation } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { errorOf, useEngine } from '../../../rpc/index.ts';
import { Button, FailedNotice, Group, Modal, Stack, Textarea, TextInput } from '../../../ui/index.ts';
import { FolderBrowser } from '../../start/index.ts';
import { ProblemList } from '../problem-list.tsx';

function pathsIn(text: string): string[] {
  return [...new Set(text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()])))];
}

/** Imports code from this machine; what cannot be read is named, the rest is imported. */
export function ImportDialog({ onClose }: { onClose: () => void }): ReactElement {
  const { client } = useEngine();
  const [text, setText] = useState('');
  const [name, setName] = useState('');
  const [browsing, setBrowsing] = useState(false);
  const [shown, setShown] = useState<string | null>(null);
  const paths = pathsIn(text);
  const load = useMutation({
    mutationFn: () => client.artifacts.import({ paths, ...(name.trim() === '' ? {} : { name: name.trim() }) }),
  });
  if (load.data !== undefined) {
    const { imported, problems } = load.data;
    return (
      <Modal opened onClose={onClose} title="Imported">
        <Stack>
          <p>
            {imported.length === 0
              ? 'Nothing was imported.'
              : `${imported.length} imported: ${imported.map((artifact) => `${artifact.name} ${artifact.version}`).join(', ')}.`}
          </p>
          {problems.length > 0 && (
            <>
              <p>{`${problems.length} problems:`}</p>
              <ProblemList problems={problems} label="Problems of the import" />
            </>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={() => load.reset()}>
              Import more
            </Button>
            <Button onClick={onClose}>Close</Button>
          </Group>
        </Stack>
      </Modal>
    );
  }
  return (
    <Modal opened onClose={onClose} title="Import artifacts">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (paths.length > 0) load.mutate();
        }}
      >
        <Stack>
          <Textarea
            label="Paths"
            description="One path per line: a Terraform module, a Helm chart (packed too), a CloudFormation template, a Python script, or a folder that holds such code"
            data-autofocus
            autosize
            minRows={3}
            spellCheck={false}
            styles={{ input: { fontFamily: 'var(--gp-mono)', fontSize: 12 } }}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <div>
            <Button variant="default" aria-expanded={browsing} onClick={() => setBrowsing(!browsing)}>
              {browsing ? 'Hide folders' : 'Browse folders'}
            </Button>
          </div>
          {paths.length === 1 && (
            <TextInput
              label="Name"
              description="Leave empty to take the folder’s name"
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          )}
          {load.error !== null && <FailedNotice title="Not imported." error={errorOf(load.error)} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={paths.length === 0} loading={load.isPending}>
              {paths.length <= 1 ? 'Import' : `Import from ${paths.length} folders`}
            </Button>
          </Group>
        </Stack>
      </form>
      {/* Outside the form: the browser has one of its own. */}
      {browsing && (
        <Stack mt="md">
          <FolderBrowser path={shown} onPath={setShown} />
          <div>
            <Button
              variant="default"
              disabled={shown === null}
              onClick={() => setText([...paths, shown ?? ''].join('\n'))}
            >
              {shown === null ? 'Open a folder first' : `Add ${shown}`}
            </Button>
          </div>
        </Stack>
      )}
    </Modal>
  );
}
