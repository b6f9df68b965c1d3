import { useState, type ReactElement } from 'react';
import type { Problem, SplitProposal } from '#shared/model/index.ts';
import { errorOf, useEngine } from '../../../rpc/index.ts';
import { Button, downloadText, FailedNotice, FileButton, Modal, Stack, Text } from '../../../ui/index.ts';
import classes from '../split.module.css';
import { pinsText } from './pins-text.ts';
import { useSplitStore } from './split-store.ts';

/** Why a file of pins could not be taken. */
interface Refusal {
  readonly file: string;
  readonly problems: readonly Problem[];
  readonly error: unknown;
}

/** Decisions as a file, the one that the command line takes with `--pins`: saved, and opened in one step of the history. */
export function PinsFile({ proposal }: { proposal: SplitProposal }): ReactElement {
  const { client } = useEngine();
  const { history, decide } = useSplitStore();
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  async function open([file]: readonly File[]): Promise<void> {
    if (file === undefined) return;
    try {
      const { decisions, problems } = await client.split.readDecisions({ file: file.name, text: await file.text() });
      if (decisions === null) setRefusal({ file: file.name, problems, error: null });
      else decide(() => decisions);
    } catch (error) {
      setRefusal({ file: file.name, problems: [], error });
    }
  }

  return (
    <>
      <FileButton
        single
        size="compact-sm"
        variant="subtle"
        label="Open pins"
        what="File of pins"
        onFiles={(files) => void open(files)}
      />
      <Button
        size="compact-sm"
        variant="subtle"
        onClick={() => downloadText(`${proposal.name}.pins.yaml`, 'application/yaml', pinsText(history.present))}
      >
        Save the pins
      </Button>
      {refusal !== null && (
        <Modal opened onClose={() => setRefusal(null)} title={`${refusal.file} cannot be taken`}>
          <Stack>
            <Text>Nothing was decided. Mend the file and open it again.</Text>
            {refusal.error !== null && <FailedNotice title="Not read." error={errorOf(refusal.error)} />}
            <ul className={classes.problems} aria-label="What is wrong in the file">
              {refusal.problems.map(({ line, column, field, message, advice }) => (
                <li key={`${line ?? ''}:${column ?? ''} ${message}`}>
                  {line !== null && <span className="gp-mono">{`${line}:${column ?? 1} `}</span>}
                  {field !== null && <strong>{field} </strong>}
                  {message} {advice}
                </li>
              ))}
            </ul>
            <Button onClick={() => setRefusal(null)}>Close</Button>
          </Stack>
        </Modal>
      )}
    </>
  );
}
