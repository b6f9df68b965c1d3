import { useQuery } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { Extraction } from '#shared/model/index.ts';
import { QueryView, useEngine, useStream } from '../../../rpc/index.ts';
import {
  Button,
  EmptyState,
  FailedNotice,
  Group,
  RelativeTime,
  Stack,
  StatusBadge,
  Text,
  Title,
} from '../../../ui/index.ts';
import { ExtractionResult } from '../extraction/extraction-result.tsx';
import classes from '../patterns.module.css';
import { ProofResults } from './proof-results.tsx';
import { emptyProgress, foldProof, proofSentence, type ProofEvent, type ProofProgress } from './proof-state.ts';

/** The import proof of a blueprint: the real tool plans to import every instance and must want nothing else. */
export function ProofPane(props: { blueprint: string; extraction: Extraction | null }): ReactElement {
  const { api, client } = useEngine();
  const [attempt, setAttempt] = useState(0);
  const kept = useQuery(api.patterns.proof.queryOptions({ input: { blueprint: props.blueprint } }));
  const live = useStream<ProofEvent, ProofProgress>({
    key: `prove ${props.blueprint} ${attempt}`,
    open: attempt === 0 ? null : (signal) => client.patterns.prove({ blueprint: props.blueprint }, { signal }),
    initial: emptyProgress,
    fold: foldProof,
  });
  const running = live.status === 'running';
  return (
    <div className={classes.padded}>
      <Stack gap={16}>
        {props.extraction !== null && <ExtractionResult extraction={props.extraction} />}
        <Group gap={8}>
          <Title order={2}>Import proof of {props.blueprint}</Title>
          <Button
            leftSection={<ShieldCheck size={14} aria-hidden />}
            loading={running}
            onClick={() => setAttempt(attempt + 1)}
          >
            Prove by import
          </Button>
        </Group>
        <Text c="dimmed">
          OpenTofu (or Terraform, where that is what there is) plans to import what runs into this code, for each
          instance. It is proven when it wants to import and nothing else: nothing added, changed or destroyed. Nothing
          is applied.
        </Text>
        {live.status !== 'idle' && (
          <>
            {live.error !== null && <FailedNotice title="The proof could not be run." error={live.error} />}
            {(running || live.value.lines.length > 0) && (
              <ol className={classes.lines} aria-label="What the proof does" aria-live="polite">
                {live.value.lines.map((line) => (
                  <li key={line.number}>{line.text}</li>
                ))}
                {running && live.value.lines.length === 0 && <li>Starting the tool…</li>}
              </ol>
            )}
            {live.value.instances.length > 0 && (
              <>
                <Text fw={600}>{proofSentence(live.value.instances)}</Text>
                <ProofResults key={`${attempt} ${live.value.instances.length}`} instances={live.value.instances} />
              </>
            )}
          </>
        )}
        {live.status === 'idle' && (
          <QueryView query={kept} loading="Reading the last proof" failed="The last proof could not be read">
            {(proof) =>
              proof === null ? (
                <EmptyState title="Not proven yet">Run the proof before you publish: it needs OpenTofu.</EmptyState>
              ) : (
                <Stack gap={8}>
                  <Group gap={8}>
                    <StatusBadge tone={proof.proven ? 'good' : 'attention'}>
                      {proof.proven ? 'proven' : 'not proven'}
                    </StatusBadge>
                    <span>{proofSentence(proof.instances)}</span>
                    <span className="gp-dimmed">
                      <RelativeTime at={proof.at} /> with {proof.tool}
                    </span>
                  </Group>
                  <ProofResults instances={proof.instances} />
                </Stack>
              )
            }
          </QueryView>
        )}
      </Stack>
    </div>
  );
}
