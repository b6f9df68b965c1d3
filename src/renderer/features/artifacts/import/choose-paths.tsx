import { useState, type ReactElement } from 'react';
import { Button, Group, Stack, Textarea } from '../../../ui/index.ts';
import { FolderBrowser } from '../../start/index.ts';

function pathsIn(text: string): string[] {
  return [...new Set(text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()])))];
}

/** Files that can be a piece of code of their own: packed charts, templates, scripts. */
const codeFile = /\.(?:tgz|tar\.gz|ya?ml|json|template|py)$/i;

/** Where the code lies on this machine. */
export function ChoosePaths(props: { onPaths: (paths: readonly string[]) => void; onClose: () => void }): ReactElement {
  const [text, setText] = useState('');
  const [browsing, setBrowsing] = useState(false);
  const [shown, setShown] = useState<string | null>(null);
  const paths = pathsIn(text);
  const add = (path: string): void => setText(pathsIn([...paths, path].join('\n')).join('\n'));
  return (
    <>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (paths.length > 0) props.onPaths(paths);
        }}
      >
        <Stack>
          <Textarea
            label="Paths"
            description="One path per line: a repository, a Terraform module, a Helm chart (packed as .tgz too), a CloudFormation template, a Python script"
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
              {browsing ? 'Hide folders and files' : 'Browse folders and files'}
            </Button>
          </div>
          <Group justify="flex-end">
            <Button variant="default" onClick={props.onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={paths.length === 0}>
              {paths.length <= 1 ? 'Look at it' : `Look at ${paths.length} paths`}
            </Button>
          </Group>
        </Stack>
      </form>
      {/* Outside the form: the browser has one of its own. */}
      {browsing && (
        <Stack mt="md">
          <FolderBrowser path={shown} onPath={setShown} files={{ matching: codeFile, onFile: add }} />
          <div>
            <Button variant="default" disabled={shown === null} onClick={() => shown !== null && add(shown)}>
              {shown === null ? 'Open a folder first' : `Add the folder ${shown}`}
            </Button>
          </div>
        </Stack>
      )}
    </>
  );
}
