import { useMemo, useState, type ReactElement } from 'react';
import { cellText } from '#shared/base/csv.ts';
import type { GraphView, QueryResult as QueryResultData } from '#shared/model/index.ts';
import { GraphExplorer, type Arrangement } from '../../../explorer/index.ts';
import {
  DataTable,
  ExportButtons,
  Group,
  PartialNotice,
  SegmentedControl,
  UnstyledButton,
  type DataColumn,
} from '../../../ui/index.ts';
import estate from '../estate.module.css';

type Row = QueryResultData['rows'][number];

export interface QueryResultProps {
  result: QueryResultData;
  nameOfScope: (id: string) => string;
  selected: string | null;
  onSelect: (id: string) => void;
}

/** What a query answered, as a table, or as a picture of the nodes and relationships in it. */
export function QueryResult({ result, nameOfScope, selected, onSelect }: QueryResultProps): ReactElement {
  const [wanted, setWanted] = useState<'table' | 'graph'>('table');
  const { drawing } = result;
  const shown = drawing === null ? 'table' : wanted;
  const rows = result.rows.length === 1 ? '1 row' : `${result.rows.length.toLocaleString('en')} rows`;
  return (
    <div className={estate.pane}>
      <Group gap={8} p={8}>
        <span role="status">
          {rows} in {Math.round(result.milliseconds)} ms
        </span>
        {drawing !== null && (
          <SegmentedControl
            aria-label="Result as"
            value={shown}
            onChange={(value) => setWanted(value === 'graph' ? 'graph' : 'table')}
            data={[
              { value: 'table', label: 'Table' },
              { value: 'graph', label: 'Graph' },
            ]}
          />
        )}
        <ExportButtons name="groundplan-query" table={() => result} />
      </Group>
      {result.truncated && (
        <PartialNotice>Only the first {rows} are here; narrow the query or allow more.</PartialNotice>
      )}
      <div className={estate.fill}>
        {shown === 'table' || drawing === null ? (
          <ResultTable result={result} onSelect={onSelect} />
        ) : (
          <Picture view={drawing} nameOfScope={nameOfScope} selected={selected} onSelect={onSelect} />
        )}
      </div>
    </div>
  );
}

function Picture(props: {
  view: GraphView;
  nameOfScope: (id: string) => string;
  selected: string | null;
  onSelect: (id: string) => void;
}): ReactElement {
  const [arrangement, setArrangement] = useState<Arrangement>('relationships');
  const { view } = props;
  return (
    <div className={estate.pane}>
      {view.hidden > 0 && (
        <PartialNotice>
          {view.hidden.toLocaleString('en')} nodes of the answer are not drawn; the table has them all.
        </PartialNotice>
      )}
      <div className={estate.fill}>
        <GraphExplorer {...props} onExpand={() => undefined} arrangement={arrangement} onArrangement={setArrangement}>
          <span className="gp-dimmed">
            {view.nodes.length} nodes, {view.edges.length} edges
          </span>
        </GraphExplorer>
      </div>
    </div>
  );
}

function ResultTable(props: { result: QueryResultData; onSelect: (id: string) => void }): ReactElement {
  const { result, onSelect } = props;
  const columns = useMemo(() => resultColumns(result.columns, onSelect), [result.columns, onSelect]);
  const rows = useMemo(() => result.rows.map((row, index) => ({ index, row })), [result.rows]);
  return (
    <DataTable
      key={result.columns.join(' ')}
      id="estate.result"
      label="Result of the query"
      columns={columns}
      rows={rows}
      rowId={({ index }) => String(index)}
      empty="The query answered no rows."
    />
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
    cell: ({ row }) => <ResultCell value={row[name]} onSelect={onSelect} />,
    sortBy: ({ row }) => {
      const value = row[name];
      return typeof value === 'number' ? value : cellText(value);
    },
  }));
}

/** Ids of resources lead to the inspector, and so do resources that stand there whole. */
function ResultCell({ value, onSelect }: { value: Row[string] | undefined; onSelect: (id: string) => void }) {
  const text = cellText(value);
  const id = idIn(value);
  if (id === null) return <span title={text}>{text}</span>;
  return (
    <UnstyledButton className="gp-mono" title={text} onClick={() => onSelect(id)} td="underline" fz={12}>
      {typeof value === 'string' ? text : id}
    </UnstyledButton>
  );
}

function idIn(value: Row[string] | undefined): string | null {
  if (typeof value === 'string') return /^(arn:|\/subscriptions\/|\/\/)/.test(value) ? value : null;
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value['_label'] !== 'Resource')
    return null;
  return typeof value['id'] === 'string' ? value['id'] : null;
}
