import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { ExposedResource } from '#shared/model/index.ts';
import { QueryView, useEngine } from '../../../rpc/index.ts';
import { Stack, StatusBadge, Text, type StatusTone } from '../../../ui/index.ts';
import { useAsOf } from '../as-of.ts';
import { AnswerList } from './answer-list.tsx';
import { AnswerActions, BlindSpots, EvidenceLines, ResourceLink } from './answer-parts.tsx';
import { tableOfExposure } from './answer-tables.ts';

export interface InternetPanelProps {
  /** Empty asks about everything in the scopes and regions. */
  ids: readonly string[];
  scopes: readonly string[];
  regions: readonly string[];
  onSelect: (id: string) => void;
}

/** What the internet reaches, by which rules and routes; of what is asked about also why it does not. */
export function InternetPanel({ ids, scopes, regions, onSelect }: InternetPanelProps): ReactElement {
  const { api } = useEngine();
  const asOf = useAsOf();
  const input = { asOf, ids: [...ids], scopes: [...scopes], regions: [...regions], limit: 1000 };
  const answer = useQuery(api.questions.exposure.queryOptions({ input }));
  return (
    <QueryView query={answer} loading="Following routes and rules" failed="The question could not be answered">
      {({ open, undecided, resources, blind }) => (
        <Stack gap={8}>
          <Text role="status">
            The internet reaches {open === 1 ? '1 resource' : `${open.toLocaleString('en')} resources`}
            {undecided > 0 && `; of ${undecided.toLocaleString('en')} it cannot be decided`}.
          </Text>
          <BlindSpots blind={blind} />
          {resources.length > 0 && (
            <AnswerActions
              name="internet"
              ids={resources.map(({ id }) => id)}
              table={() => tableOfExposure({ resources })}
            />
          )}
          <AnswerList
            label="Answer"
            items={resources}
            total={ids.length > 0 ? Math.max(resources.length, ids.length) : open + undecided}
          >
            {(one) => <Exposed resource={one} onSelect={onSelect} />}
          </AnswerList>
        </Stack>
      )}
    </QueryView>
  );
}

const verdicts: Record<ExposedResource['verdict'], { readonly tone: StatusTone; readonly text: string }> = {
  open: { tone: 'attention', text: 'reached' },
  undecided: { tone: 'unknown', text: 'undecided' },
  closed: { tone: 'good', text: 'not reached' },
};

function Exposed(props: { resource: ExposedResource; onSelect: (id: string) => void }): ReactElement {
  const { resource, onSelect } = props;
  const { tone, text } = verdicts[resource.verdict];
  return (
    <>
      <ResourceLink resource={resource} onSelect={onSelect}>
        <StatusBadge tone={tone}>{text}</StatusBadge>
      </ResourceLink>
      {resource.ways.map((way, index) => (
        <div key={index}>
          <Text size="xs" fw={600}>
            on {way.ports === null ? 'ports that the map does not tell' : way.ports.join(', ')}
          </Text>
          <EvidenceLines lines={[...way.evidence, ...way.notWeighed]} onSelect={onSelect} />
        </div>
      ))}
      {resource.evidence.length > 0 && <EvidenceLines lines={resource.evidence} onSelect={onSelect} />}
    </>
  );
}
