import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Shapes } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { InstanceSelection, PatternCandidate } from '#shared/model/index.ts';
import { QueryView, useEngine } from '../../../rpc/index.ts';
import { Button, EmptyState, Group, Paper, Select, Stack, Text, Title } from '../../../ui/index.ts';
import classes from '../patterns.module.css';
import { describeInstance } from './describe-instance.ts';

export interface CandidatesProps {
  nameOfScope: (id: string) => string;
  onUse: (instances: readonly InstanceSelection[]) => void;
  /** Starts a selection by hand. */
  byHand: ReactElement;
}

/** Structures that recur in the estate, found by Groundplan. */
export function Candidates({ nameOfScope, onUse, byHand }: CandidatesProps): ReactElement {
  const [minimum, setMinimum] = useState('0.6');
  const { api } = useEngine();
  const candidates = useQuery(
    api.patterns.find.queryOptions({
      input: { minimumSimilarity: Number(minimum) },
      placeholderData: keepPreviousData,
    }),
  );
  return (
    <div className={classes.padded}>
      <Stack gap={12}>
        <Group gap={12} align="end">
          <Select
            label="At least this similar"
            data={[
              { value: '0.9', label: '90 %' },
              { value: '0.75', label: '75 %' },
              { value: '0.6', label: '60 %' },
              { value: '0.4', label: '40 %' },
            ]}
            value={minimum}
            onChange={(value) => setMinimum(value ?? '0.6')}
            allowDeselect={false}
            w={160}
          />
          {byHand}
        </Group>
        <QueryView
          query={candidates}
          loading="Looking for recurring structures"
          failed="Patterns could not be looked for"
        >
          {(found) =>
            found.length === 0 ? (
              <EmptyState title="No structure recurs" icon={<Shapes size={24} aria-hidden />}>
                Nothing in the estate is built twice and at least {Number(minimum) * 100} % alike. Lower the bar, map
                more accounts, or choose instances by hand.
              </EmptyState>
            ) : (
              <div className={classes.candidates}>
                {found.map((candidate) => (
                  <Candidate key={candidate.id} candidate={candidate} nameOfScope={nameOfScope} onUse={onUse} />
                ))}
              </div>
            )
          }
        </QueryView>
      </Stack>
    </div>
  );
}

function Candidate(props: {
  candidate: PatternCandidate;
  nameOfScope: (id: string) => string;
  onUse: (instances: readonly InstanceSelection[]) => void;
}): ReactElement {
  const { candidate } = props;
  const kinds = Object.entries(candidate.kinds).toSorted(([, one], [, other]) => other - one);
  const shown = kinds.slice(0, 6);
  return (
    <Paper withBorder p="md" component="section" aria-label={candidate.title}>
      <Stack gap={8}>
        <Title order={2} size="h3">
          {candidate.title}
        </Title>
        <Text>
          {candidate.instances.length} instances, {Math.floor(candidate.similarity * 100)} % alike
        </Text>
        <ul style={{ margin: 0, paddingLeft: 18 }}>
          {candidate.instances.map((instance) => (
            <li key={instance.name}>
              <strong>{instance.name}</strong>{' '}
              <span className="gp-dimmed">{describeInstance(instance, props.nameOfScope)}</span>
            </li>
          ))}
        </ul>
        <Text c="dimmed">
          {shown.map(([kind, count]) => `${count} ${kind}`).join(', ')}
          {kinds.length > shown.length && `, and ${kinds.length - shown.length} more kinds`}
        </Text>
        <div>
          <Button onClick={() => props.onUse(candidate.instances)}>Compare these {candidate.instances.length}</Button>
        </div>
      </Stack>
    </Paper>
  );
}
