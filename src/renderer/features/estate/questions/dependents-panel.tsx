import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { QueryView, useEngine } from '../../../rpc/index.ts';
import { PartialNotice, SegmentedControl, Stack, Text, useRemembered } from '../../../ui/index.ts';
import { useAsOf } from '../as-of.ts';
import { AnswerList } from './answer-list.tsx';
import { AnswerActions, BlindSpots, ChainLines, ResourceLink } from './answer-parts.tsx';
import { tableOfDependents } from './answer-tables.ts';

const reaches = ['1', '2', '3', '5', '10'];
const mostTold = 1000;

/** What depends on some resources, or what they depend on: nearest first, each with why. */
export function DependentsPanel(props: {
  ids: readonly string[];
  direction: 'dependents' | 'dependencies';
  onSelect: (id: string) => void;
}): ReactElement {
  const { direction, onSelect } = props;
  const [hops, setHops] = useRemembered('estate.question.hops', 3);
  const { api } = useEngine();
  const asOf = useAsOf();
  const answer = useQuery(
    api.questions.blastRadius.queryOptions({
      input: { asOf, ids: [...props.ids], hops, direction, limit: mostTold },
      placeholderData: keepPreviousData,
    }),
  );
  return (
    <Stack gap={8}>
      <SegmentedControl
        aria-label="How many hops"
        value={String(hops)}
        onChange={(value) => setHops(Number(value))}
        data={reaches.map((value) => ({ value, label: value === '1' ? '1 hop' : value }))}
      />
      <QueryView query={answer} loading="Walking the relationships" failed="The question could not be answered">
        {({ affected, total, perHop, unknown, blind }) => (
          <Stack gap={8}>
            <Text role="status">
              {summary(direction, total)}
              {total > 0 && `: ${ringsText(perHop)}`}.
            </Text>
            {unknown.length > 0 && <PartialNotice>Not in the graph: {unknown.join(', ')}.</PartialNotice>}
            <BlindSpots blind={blind} />
            {total > 0 && (
              <AnswerActions
                name={direction}
                ids={affected.map(({ id }) => id)}
                table={() => tableOfDependents({ affected })}
              />
            )}
            <AnswerList label="Answer" items={affected} total={total}>
              {(one) => (
                <>
                  <ResourceLink resource={one} onSelect={onSelect}>
                    {one.managedBy !== null && <span className="gp-dimmed">managed by {one.managedBy}</span>}
                  </ResourceLink>
                  <ChainLines chain={one.chain} onSelect={onSelect} />
                </>
              )}
            </AnswerList>
          </Stack>
        )}
      </QueryView>
    </Stack>
  );
}

function summary(direction: 'dependents' | 'dependencies', total: number): string {
  if (direction === 'dependents') {
    if (total === 0) return 'Nothing on the map feels a change of it';
    return total === 1 ? '1 resource feels a change' : `${total.toLocaleString('en')} resources feel a change`;
  }
  if (total === 0) return 'It needs nothing that is on the map';
  return total === 1 ? '1 resource is needed' : `${total.toLocaleString('en')} resources are needed`;
}

function ringsText(perHop: readonly number[]): string {
  return perHop
    .flatMap((number, index) =>
      number === 0 ? [] : [`${number.toLocaleString('en')} at ${index === 0 ? '1 hop' : `${index + 1} hops`}`],
    )
    .join(', ');
}
