import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { GraphTables } from '#shared/model/index.ts';
import { QueryView, useEngine } from '../../../rpc/index.ts';
import { TextInput, UnstyledButton } from '../../../ui/index.ts';
import { useAsOf } from '../as-of.ts';
import classes from './query.module.css';

/** The tables of the graph with their properties and counts; what is clicked is written into the query. */
export function SchemaHelp({ onInsert }: { onInsert: (text: string) => void }): ReactElement {
  const { api } = useEngine();
  const asOf = useAsOf();
  const tables = useQuery(api.estate.tables.queryOptions({ input: { asOf } }));
  return (
    <QueryView query={tables} loading="Reading the tables" failed="The tables could not be read">
      {(data) => <Tables tables={data} onInsert={onInsert} />}
    </QueryView>
  );
}

function Tables({ tables, onInsert }: { tables: GraphTables; onInsert: (text: string) => void }): ReactElement {
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const fits = (table: { readonly name: string; readonly properties: readonly { readonly name: string }[] }) =>
    wanted === '' || [table, ...table.properties].some(({ name }) => name.toLowerCase().includes(wanted));
  return (
    <>
      <TextInput
        aria-label="Find a table or property"
        placeholder="Find a table or property"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <h3>Nodes</h3>
      <ul className={classes.tables} aria-label="Nodes">
        {tables.nodes.filter(fits).map((table) => (
          <TableHelp key={table.name} table={table} text={`(n:${table.name})`} onInsert={onInsert} />
        ))}
      </ul>
      <h3>Relationships</h3>
      <ul className={classes.tables} aria-label="Relationships">
        {tables.relationships.filter(fits).map((table) => (
          <TableHelp
            key={table.name}
            table={table}
            text={`-[e:${table.name}]->`}
            ends={table.pairs.map(({ from, to }) => `${from} → ${to}`).join(', ')}
            onInsert={onInsert}
          />
        ))}
      </ul>
    </>
  );
}

function TableHelp(props: {
  table: GraphTables['nodes'][number];
  /** What stands for the table in a pattern. */
  text: string;
  ends?: string;
  onInsert: (text: string) => void;
}): ReactElement {
  const { table, onInsert } = props;
  return (
    <li>
      <UnstyledButton className={classes.insert} title={`Write ${props.text}`} onClick={() => onInsert(props.text)}>
        {table.name} <span className="gp-dimmed">{table.count.toLocaleString('en')}</span>
      </UnstyledButton>
      {props.ends !== undefined && <div className={classes.ends}>{props.ends}</div>}
      <div className={classes.properties}>
        {table.properties.map(({ name, type }) => (
          <UnstyledButton
            key={name}
            className={classes.insert}
            title={`${type}: write ${name}`}
            onClick={() => onInsert(name)}
          >
            {name}
          </UnstyledButton>
        ))}
      </div>
    </li>
  );
}
