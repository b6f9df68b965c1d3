import { useMutation, useQuery } from '@tanstack/react-query';
import { Pencil, Play, Trash2 } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { SavedQuery } from '#shared/model/index.ts';
import { errorOf, QueryView, useEngine } from '../../../rpc/index.ts';
import { ActionIcon, notifyFailed, PartialNotice, Text, Tooltip, UnstyledButton } from '../../../ui/index.ts';
import classes from './query.module.css';
import { RenameDialog } from './query-dialogs.tsx';

export interface SavedQueriesProps {
  onOpen: (query: SavedQuery) => void;
  onRun: (query: SavedQuery) => void;
}

/** The queries kept in the workspace, and those that come with Groundplan. */
export function SavedQueries({ onOpen, onRun }: SavedQueriesProps): ReactElement {
  const { api, client } = useEngine();
  const queries = useQuery(api.queries.list.queryOptions());
  const [renamed, setRenamed] = useState<SavedQuery | null>(null);
  const remove = useMutation({
    mutationFn: (name: string) => client.queries.remove({ name }),
    onSuccess: () => queries.refetch(),
    onError: (error) => notifyFailed('The query was not deleted', errorOf(error)),
  });
  return (
    <QueryView query={queries} loading="Reading the saved queries" failed="The saved queries could not be read">
      {({ queries: all, problems }) => (
        <>
          {problems.map((problem) => (
            <PartialNotice key={`${problem.file} ${problem.line}`}>
              {problem.file}:{problem.line}: {problem.message} {problem.advice}
            </PartialNotice>
          ))}
          {all.every(({ given }) => given) && <Text c="dimmed">None is saved in this workspace yet.</Text>}
          <ul className={classes.saved} aria-label="Saved queries">
            {all.map((query) => (
              <li key={query.name}>
                <UnstyledButton className={classes.open} title={query.cypher} onClick={() => onOpen(query)}>
                  {query.name}
                  <span className="gp-dimmed">{query.summary}</span>
                </UnstyledButton>
                <Icon label={`Run ${query.name}`} onClick={() => onRun(query)}>
                  <Play size={14} aria-hidden />
                </Icon>
                {!query.given && (
                  <>
                    <Icon label={`Rename ${query.name}`} onClick={() => setRenamed(query)}>
                      <Pencil size={14} aria-hidden />
                    </Icon>
                    <Icon label={`Delete ${query.name}`} onClick={() => remove.mutate(query.name)}>
                      <Trash2 size={14} aria-hidden />
                    </Icon>
                  </>
                )}
              </li>
            ))}
          </ul>
          {renamed !== null && (
            <RenameDialog query={renamed} onClose={() => setRenamed(null)} onDone={() => void queries.refetch()} />
          )}
        </>
      )}
    </QueryView>
  );
}

function Icon(props: { label: string; onClick: () => void; children: ReactElement }): ReactElement {
  return (
    <Tooltip label={props.label}>
      <ActionIcon size={22} aria-label={props.label} onClick={props.onClick}>
        {props.children}
      </ActionIcon>
    </Tooltip>
  );
}
