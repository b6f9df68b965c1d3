import { useMutation } from '@tanstack/react-query';
import { Play } from 'lucide-react';
import { useMemo, type ReactElement } from 'react';
import { cellText } from '#shared/base/csv.ts';
import type { QueryResult } from '#shared/model/index.ts';
import { errorOf, useEngine } from '../../../rpc/index.ts';
import {
  Button,
  DataTable,
  EmptyState,
  ExportButtons,
  FailedState,
  Group,
  LoadingState,
  Menu,
  PartialNotice,
  SplitPane,
  Stack,
  Textarea,
  UnstyledButton,
  useRemembered,
  type DataColumn,
} from '../../../ui/index.ts';
import { useAsOf } from '../as-of.ts';
import estate from '../estate.module.css';
import { queryExamples } from './examples.ts';

type Row = QueryResult['rows'][number];

/** The user's own read-only Cypher over the cloud graph. */
export function QueryTab({ onSelect }: { onSelect: (id: string) => void }): ReactElement {
  const [cypher, setCypher] = useRemembered('estate.cypher', queryExamples[0]?.cypher ?? '');
  const { api } = useEngine();
  const asOf = useAsOf();
  const run = useMutation(api.estate.query.mutationOptions());
  const start = () => {
    if (cypher.trim() !== '') run.mutate({ asOf, cypher });
  };
  return (
    <SplitPane
      id="estate.query"
      at="left"
      initial={380}
      min={240}
      max={800}
      label="Width of the query"
      side={
        <Stack gap={8} p={12} h="100%">
          <Textarea
            label="Cypher"
            description="Read-only; at most 1,000 rows and 10 seconds. Ctrl+Enter runs it."
            value={cypher}
            onChange={(event) => setCypher(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
                event.preventDefault();
                start();
              }
            }}
            spellCheck={false}
            autosize
            minRows={8}
            maxRows={24}
            styles={{ input: { fontFamily: 'var(--gp-mono)' } }}
          />
          <Group gap={8}>
            <Button leftSection={<Play size={14} aria-hidden />} loading={run.isPending} onClick={start}>
              Run the query
            </Button>
            <Menu position="bottom-start">
              <Menu.Target>
                <Button variant="default">Examples</Button>
              </Menu.Target>
              <Menu.Dropdown>
                {queryExamples.map((example) => (
                  <Menu.Item key={example.title} onClick={() => setCypher(example.cypher)}>
                    {example.title}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          </Group>
        </Stack>
      }
    >
      {run.isPending ? (
        <LoadingState what="Running the query" />
      ) : run.error !== null ? (
        <FailedState title="The query could not be answered" error={errorOf(run.error)} />
      ) : run.data === undefined ? (
        <EmptyState title="Ask the cloud graph">
          Resources, scopes, environments and deployments are nodes; how they hang together are relationships.
        </EmptyState>
      ) : (
        <Result result={run.data} onSelect={onSelect} />
      )}
    </SplitPane>
  );
}

function Result({ result, onSelect }: { result: QueryResult; onSelect: (id: string) => void }): ReactElement {
  const columns = useMemo(() => resultColumns(result.columns, onSelect), [result.columns, onSelect]);
  const rows = useMemo(() => result.rows.map((row, index) => ({ index, row })), [result.rows]);
  return (
    <div className={estate.pane}>
      <Group gap={8} p={8}>
        <span>
          {result.rows.length === 1 ? '1 row' : `${result.rows.length} rows`} in {Math.round(result.milliseconds)} ms
        </span>
        <ExportButtons name="groundplan-query" table={() => result} />
      </Group>
      {result.truncated && (
        <PartialNotice>Only the first {result.rows.length} rows are here; narrow the query or add LIMIT.</PartialNotice>
      )}
      <div className={estate.fill}>
        <DataTable
          key={result.columns.join(' ')}
          id="estate.result"
          label="Result of the query"
          columns={columns}
          rows={rows}
          rowId={({ index }) => String(index)}
          empty="The query answered no rows."
        />
      </div>
    </div>
  );
}

interface NumberedRow {
  readonly index: number;
  readonly row: Row;
}

function resultColumns(names: readonly string[], onSelect: (id: string) => void): DataColumn<NumberedRow>[] {
  return names.map((name) => ({
    id: name,
    title: name,
    width: 200,
    cell: ({ row }) => <ResultCell text={cellText(row[name])} onSelect={onSelect} />,
    sortBy: ({ row }) => {
      const value = row[name];
      return typeof value === 'number' ? value : cellText(value);
    },
  }));
}

/** Ids of resources lead to the inspector. */
function ResultCell({ text, onSelect }: { text: string; onSelect: (id: string) => void }): ReactElement {
  if (!/^(arn:|\/subscriptions\/|\/\/)/.test(text)) return <span title={text}>{text}</span>;
  return (
    <UnstyledButton className="gp-mono" title={text} onClick={() => onSelect(text)} td="underline" fz={12}>
      {text}
    </UnstyledButton>
  );
}
