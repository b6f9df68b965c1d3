import { useState, type ReactElement } from 'react';
import { chooseInDesktop, isDesktop, usePathsOfShell } from '../../../rpc/index.ts';
import { Button, Group, PartialNotice, Stack, Textarea } from '../../../ui/index.ts';
import { FolderBrowser } from '../../start/index.ts';
import type { DroppedCode } from './dropped-code.ts';

function pathsIn(text: string): string[] {
  return [...new Set(text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()])))];
}

/** Files that can be a piece of code of their own: packed charts, templates, scripts. */
const codeFile = /\.(?:tgz|tar\.gz|ya?ml|json|template|py)$/i;

interface ChoosePathsProps {
  dropped: DroppedCode;
  onPaths: (paths: readonly string[]) => void;
  onClose: () => void;
}

/** Where the code lies on this machine. */
export function ChoosePaths({ dropped, ...props }: ChoosePathsProps): ReactElement {
  const { nameless } = dropped;
  const [text, setText] = useState(dropped.paths.join('\n'));
  const [browsing, setBrowsing] = useState(nameless.length > 0);
  const [shown, setShown] = useState<string | null>(null);
  const paths = pathsIn(text);
  const add = (...more: readonly string[]): void => setText(pathsIn([...paths, ...more].join('\n')).join('\n'));
  usePathsOfShell((more) => add(...more));
  return (
    <>
      {nameless.length > 0 && (
        <Stack mb="md">
          <PartialNotice>
            {`A browser does not tell where ${nameless.join(', ')} lies. Write the path here, or find it among the folders below.`}
          </PartialNotice>
        </Stack>
      )}
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
          <Group>
            {isDesktop(window) && (
              <>
                <Button variant="default" onClick={() => chooseInDesktop('folders')}>
                  Choose folders…
                </Button>
                <Button variant="default" onClick={() => chooseInDesktop('files')}>
                  Choose files…
                </Button>
              </>
            )}
            <Button variant="default" aria-expanded={browsing} onClick={() => setBrowsing(!browsing)}>
              {browsing ? 'Hide folders and files' : 'Browse folders and files'}
            </Button>
          </Group>
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
