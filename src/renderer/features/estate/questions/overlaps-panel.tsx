import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { QueryView, useEngine } from '../../../rpc/index.ts';
import { PartialNotice, Stack, Text } from '../../../ui/index.ts';
import { useAsOf } from '../as-of.ts';
import { AnswerList } from './answer-list.tsx';
import { AnswerActions, ResourceLink } from './answer-parts.tsx';
import { tableOfOverlaps } from './answer-tables.ts';

/** Networks that have addresses in common; those that are peered in spite of it first, because that is a fault. */
export function OverlapsPanel({ onSelect }: { onSelect: (id: string) => void }): ReactElement {
  const { api } = useEngine();
  const asOf = useAsOf();
  const answer = useQuery(api.questions.overlaps.queryOptions({ input: { asOf, limit: 500 } }));
  return (
    <QueryView query={answer} loading="Comparing the networks" failed="The question could not be answered">
      {({ groups, groupsTotal, conflicts }) => (
        <Stack gap={8}>
          <Text role="status">
            {groupsTotal === 0
              ? 'No two networks have addresses in common.'
              : groupsTotal === 1
                ? '1 range is used by several networks.'
                : `${groupsTotal.toLocaleString('en')} ranges are used by several networks.`}
          </Text>
          {conflicts.length > 0 && (
            <PartialNotice>
              Peered, with addresses in common: neither reaches those of the other.
              {conflicts.map(({ left, right }) => (
                <div key={`${left.id} ${right.id}`}>
                  {[left, right].map((network) => (
                    <ResourceLink key={network.id} resource={network} onSelect={onSelect}>
                      <span className="gp-mono">{network.cidr}</span>
                    </ResourceLink>
                  ))}
                </div>
              ))}
            </PartialNotice>
          )}
          {groupsTotal > 0 && (
            <AnswerActions
              name="overlaps"
              ids={[...new Set(groups.flatMap(({ networks }) => networks.map(({ id }) => id)))]}
              table={() => tableOfOverlaps({ groups })}
            />
          )}
          <AnswerList label="Answer" items={groups.map((group) => ({ ...group, id: group.cidr }))} total={groupsTotal}>
            {({ cidr, total, networks }) => (
              <>
                <Text fw={600}>
                  {cidr} <span className="gp-dimmed">{total} networks</span>
                </Text>
                {networks.map((network) => (
                  <ResourceLink key={`${network.id} ${network.cidr}`} resource={network} onSelect={onSelect}>
                    <span className="gp-mono">{network.cidr}</span>
                  </ResourceLink>
                ))}
              </>
            )}
          </AnswerList>
        </Stack>
      )}
    </QueryView>
  );
}
