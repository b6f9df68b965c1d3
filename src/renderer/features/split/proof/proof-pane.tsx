import { ShieldCheck } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { SplitProposal, SplitStateSource } from '#shared/model/index.ts';
import { useEngine, useStream } from '../../../rpc/index.ts';
import { Button, FailedNotice, Group, Loader, Radio, Stack, StatusBadge, Text, TextInput } from '../../../ui/index.ts';
import { useSplitStore } from '../decisions/split-store.ts';
import classes from '../split.module.css';
import { ProofList } from './proof-list.tsx';
import { PushPanel } from './push-panel.tsx';
import { emptyProgress, foldProof, proofSentence, type ProofEvent, type ProofProgress } from './proof-progress.ts';

type Source = SplitStateSource['from'];

/** What is proven that the parts together are the root: from the code alone, or with a state and real plans. */
export function ProofPane({ proposal }: { proposal: SplitProposal }): ReactElement {
  const { client } = useEngine();
  const { options } = useSplitStore();
  const [source, setSource] = useState<Source>('none');
  const [file, setFile] = useState('');
  const [asked, setAsked] = useState<{ readonly attempt: number; readonly about: string } | null>(null);
  const { root, decisions } = proposal;
  const state: SplitStateSource = source === 'file' ? { from: 'file', file: file.trim() } : { from: source };
  // A proof is about these decisions and options; after the next one it says nothing any more.
  const about = JSON.stringify([root, decisions, options, state]);
  const current = asked?.about === about;
  const live = useStream<ProofEvent, ProofProgress>({
    key: `split ${asked?.attempt ?? 0} ${asked?.about ?? ''}`,
    open: current ? (signal) => client.split.prove({ root, decisions, options, state }, { signal }) : null,
    initial: emptyProgress,
    fold: foldProof,
  });
  const running = current && live.status === 'running';
  const { checks, proof, doing } = live.value;
  return (
    <Stack gap={12}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setAsked({ attempt: (asked?.attempt ?? 0) + 1, about });
        }}
      >
        <Group gap={16} align="end">
          <Radio.Group
            label="The root’s state"
            value={source}
            onChange={(value) => setSource(sources.find((one) => one === value) ?? 'none')}
          >
            <Group gap={12} mt={4}>
              <Radio size="xs" value="none" label="none: prove the code" />
              <Radio size="xs" value="root" label="pull it in the root" />
              <Radio size="xs" value="file" label="from a file" />
            </Group>
          </Radio.Group>
          {source === 'file' && (
            <TextInput
              size="xs"
              label="Path of the state"
              value={file}
              onChange={(event) => setFile(event.currentTarget.value)}
            />
          )}
          <Button
            type="submit"
            size="xs"
            leftSection={<ShieldCheck size={14} aria-hidden />}
            disabled={running || (source === 'file' && file.trim() === '')}
          >
            Prove
          </Button>
          {running && (
            <Button size="xs" variant="default" onClick={() => setAsked(null)}>
              Cancel
            </Button>
          )}
        </Group>
      </form>
      {!current && (
        <Text className={classes.line}>
          {asked === null
            ? 'Not proven yet. With a state, OpenTofu (or Terraform) plans the root and every part with states of their own; nothing of yours is written.'
            : 'Something else was decided since, or the proof was cancelled: prove again.'}
        </Text>
      )}
      {current && (
        <>
          {live.error !== null && <FailedNotice title="The proof could not be made." error={live.error} />}
          <ProofList checks={checks} />
          <div role="status" aria-live="polite">
            {running && (
              <Group gap={8}>
                <Loader size={14} color="gray" />
                <span>{doing}…</span>
              </Group>
            )}
            {proof !== null && (
              <Group gap={8}>
                <StatusBadge tone={proof.complete ? 'good' : 'attention'}>
                  {proof.complete ? 'proven' : 'not complete'}
                </StatusBadge>
                <strong>{proofSentence(proof)}</strong>
              </Group>
            )}
          </div>
        </>
      )}
      <PushPanel proposal={proposal} provenAt={current ? (proof?.at ?? null) : null} />
    </Stack>
  );
}

const sources: readonly Source[] = ['none', 'root', 'file'];
