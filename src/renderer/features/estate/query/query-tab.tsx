import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type ReactElement } from 'react';
import type { SavedQuery } from '#shared/model/index.ts';
import { errorOf, useEngine } from '../../../rpc/index.ts';
import {
  Button,
  EmptyState,
  LoadingState,
  SplitPane,
  Tabs,
  Text,
  UnstyledButton,
  useRemembered,
} from '../../../ui/index.ts';
import { useAsOf } from '../as-of.ts';
import { withQuery } from './history.ts';
import { SaveDialog } from './query-dialogs.tsx';
import { QueryEditor, type EditorActions, type QueryLimits } from './query-editor.tsx';
import { QueryFailure } from './query-failure.tsx';
import { QueryResult } from './query-result.tsx';
import classes from './query.module.css';
import { SavedQueries } from './saved-queries.tsx';
import { SchemaHelp } from './schema-help.tsx';

export interface QueryTabProps {
  nameOfScope: (id: string) => string;
  selected: string | null;
  onSelect: (id: string) => void;
}

const firstQuery =
  'MATCH (r:Resource)\nWHERE NOT r.is_stub\nRETURN r.kind AS kind, count(*) AS resources\nORDER BY resources DESC';
const usualLimits: QueryLimits = { rows: 1000, seconds: 10 };

/** The user's own read-only Cypher over the cloud graph. */
export function QueryTab({ nameOfScope, selected, onSelect }: QueryTabProps): ReactElement {
  const [cypher, setCypher] = useRemembered('estate.cypher', firstQuery);
  const [limits, setLimits] = useRemembered<QueryLimits>('estate.cypher.limits', usualLimits);
  const [history, setHistory] = useRemembered<readonly string[]>('estate.cypher.history', []);
  const [opened, setOpened] = useState<SavedQuery | null>(null);
  const [isSaving, setSaving] = useState(false);
  const editor = useRef<EditorActions>(null);
  const { api } = useEngine();
  const queryClient = useQueryClient();
  const asOf = useAsOf();
  const run = useMutation(api.estate.query.mutationOptions());
  const start = (asked: string) => {
    if (asked.trim() === '') return;
    setHistory(withQuery(history, asked));
    run.mutate({ asOf, cypher: asked, limit: limits.rows, timeoutMs: limits.seconds * 1000 });
  };
  const open = (query: SavedQuery) => {
    setCypher(query.cypher);
    setOpened(query);
  };
  return (
    <SplitPane
      id="estate.query"
      at="left"
      initial={420}
      min={280}
      max={900}
      label="Width of the query"
      side={
        <div className={classes.side}>
          <QueryEditor
            ref={editor}
            cypher={cypher}
            onCypher={setCypher}
            limits={limits}
            onLimits={setLimits}
            onRun={() => start(cypher)}
            onSave={() => setSaving(true)}
            isRunning={run.isPending}
          />
          <Tabs defaultValue="saved" keepMounted={false}>
            <Tabs.List mb={8}>
              <Tabs.Tab value="saved">Saved</Tabs.Tab>
              <Tabs.Tab value="tables">Tables</Tabs.Tab>
              <Tabs.Tab value="history">History</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="saved">
              <SavedQueries
                onOpen={open}
                onRun={(query) => {
                  open(query);
                  start(query.cypher);
                }}
              />
            </Tabs.Panel>
            <Tabs.Panel value="tables">
              <SchemaHelp onInsert={(text) => editor.current?.insert(text)} />
            </Tabs.Panel>
            <Tabs.Panel value="history">
              <History history={history} onOpen={setCypher} onClear={() => setHistory([])} />
            </Tabs.Panel>
          </Tabs>
          {isSaving && (
            <SaveDialog
              cypher={cypher}
              from={opened}
              onClose={() => setSaving(false)}
              onDone={(query) => {
                setOpened(query);
                void queryClient.invalidateQueries({ queryKey: api.queries.list.key() });
              }}
            />
          )}
        </div>
      }
    >
      {run.isPending ? (
        <LoadingState what="Running the query" />
      ) : run.error !== null ? (
        <QueryFailure
          error={errorOf(run.error)}
          cypher={run.variables.cypher}
          onShow={(place) => editor.current?.show(place)}
        />
      ) : run.data === undefined ? (
        <EmptyState title="Ask the cloud graph">
          Resources, scopes, environments and deployments are nodes; how they hang together are relationships. Saved
          queries are files of the workspace.
        </EmptyState>
      ) : (
        <QueryResult result={run.data} nameOfScope={nameOfScope} selected={selected} onSelect={onSelect} />
      )}
    </SplitPane>
  );
}

function History(props: {
  history: readonly string[];
  onOpen: (cypher: string) => void;
  onClear: () => void;
}): ReactElement {
  if (props.history.length === 0) return <Text c="dimmed">No query was run in this window yet.</Text>;
  return (
    <>
      <ul className={classes.saved} aria-label="Earlier queries">
        {props.history.map((cypher) => (
          <li key={cypher}>
            <UnstyledButton className={`${classes.open} gp-mono`} title={cypher} onClick={() => props.onOpen(cypher)}>
              {cypher.length > 160 ? `${cypher.slice(0, 160)}…` : cypher}
            </UnstyledButton>
          </li>
        ))}
      </ul>
      <Button variant="subtle" color="gray" onClick={props.onClear}>
        Forget these
      </Button>
    </>
  );
}
