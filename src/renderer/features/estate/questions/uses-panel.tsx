import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { QueryView, useEngine } from '../../../rpc/index.ts';
import { Stack, Text } from '../../../ui/index.ts';
import { useAsOf } from '../as-of.ts';
import { AnswerList } from './answer-list.tsx';
import { AnswerActions, BlindSpots, ChainLines, ResourceLink } from './answer-parts.tsx';
import { tableOfUses } from './answer-tables.ts';
import classes from './questions.module.css';

/** Who uses a key, a role, a subnet, a security group, or anything else. */
export function UsesPanel({ id, onSelect }: { id: string; onSelect: (id: string) => void }): ReactElement {
  const { api } = useEngine();
  const asOf = useAsOf();
  const answer = useQuery(api.questions.uses.queryOptions({ input: { asOf, id, limit: 1000 } }));
  return (
    <QueryView query={answer} loading="Looking for who uses it" failed="The question could not be answered">
      {({ total, groups, users, blind }) => (
        <Stack gap={8}>
          <Text role="status">
            {total === 0
              ? 'Nothing on the map uses it.'
              : total === 1
                ? '1 resource uses it.'
                : `${total.toLocaleString('en')} resources use it.`}
          </Text>
          <BlindSpots blind={blind} />
          {groups.length > 0 && (
            <ul className={classes.spots} aria-label="Users by kind">
              {groups.map(({ type, kind, count }) => (
                <li key={`${type} ${kind}`}>
                  {count.toLocaleString('en')} {kind} <span className={classes.type}>{type}</span>
                </li>
              ))}
            </ul>
          )}
          {total > 0 && (
            <AnswerActions name="uses" ids={users.map((one) => one.id)} table={() => tableOfUses({ users })} />
          )}
          <AnswerList label="Answer" items={users} total={total}>
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
  );
}
