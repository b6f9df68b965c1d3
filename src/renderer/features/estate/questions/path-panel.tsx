import { skipToken, useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { QueryView, useEngine } from '../../../rpc/index.ts';
import { Checkbox, Stack, Text } from '../../../ui/index.ts';
import { useAsOf } from '../as-of.ts';
import { AnswerActions, ResourceLink } from './answer-parts.tsx';
import { tableOfPaths } from './answer-tables.ts';
import classes from './questions.module.css';
import { ResourcePicker } from './resource-picker.tsx';

export interface PathPanelProps {
  from: string;
  /** The other end; null until it is chosen. */
  to: string | null;
  onTo: (id: string | null) => void;
  onSelect: (id: string) => void;
}

/** The shortest ways from a resource to another one. */
export function PathPanel({ from, to, onTo, onSelect }: PathPanelProps): ReactElement {
  const [oneWay, setOneWay] = useState(false);
  const { api } = useEngine();
  const asOf = useAsOf();
  const answer = useQuery(
    api.questions.paths.queryOptions({
      input: to === null ? skipToken : { asOf, from, to, direction: oneWay ? 'out' : 'both', limit: 10 },
    }),
  );
  return (
    <Stack gap={8}>
      <ResourcePicker label="To" value={to} onChange={onTo} />
      <Checkbox
        label="Only the way relationships point"
        checked={oneWay}
        onChange={(event) => setOneWay(event.currentTarget.checked)}
      />
      {to === null ? (
        <Text c="dimmed">Choose the other end: by name, id, tag or address.</Text>
      ) : (
        <QueryView query={answer} loading="Looking for the shortest ways" failed="The question could not be answered">
          {({ hops, paths, more, ...ends }) => (
            <Stack gap={8}>
              <Text role="status">
                {hops === null
                  ? `Nothing on the map leads from ${ends.from.name} to ${ends.to.name}.`
                  : hops === 0
                    ? 'That is the same resource.'
                    : `${ends.from.name} to ${ends.to.name}: ${hops === 1 ? '1 hop' : `${hops} hops`}, ${waysText(paths.length, more)}.`}
              </Text>
              {paths.some((path) => path.length > 0) && (
                <AnswerActions
                  name="path"
                  ids={[...new Set([ends.from.id, ...paths.flat().map(({ id }) => id)])]}
                  table={() => tableOfPaths({ paths })}
                />
              )}
              <ul className={classes.answers} aria-label="Answer">
                {paths.map((path, index) => (
                  <li key={index}>
                    {paths.length > 1 && <Text fw={600}>Way {index + 1}</Text>}
                    <ol className={classes.chain}>
                      {path.map((link) => (
                        <li key={link.id}>
                          {link.words} <span className={classes.type}>{link.type}</span>
                          <ResourceLink resource={link} onSelect={onSelect} />
                        </li>
                      ))}
                    </ol>
                  </li>
                ))}
              </ul>
            </Stack>
          )}
        </QueryView>
      )}
    </Stack>
  );
}

function waysText(ways: number, more: boolean): string {
  if (more) return `the first ${ways} of more ways`;
  return ways === 1 ? '1 way' : `${ways} ways`;
}
