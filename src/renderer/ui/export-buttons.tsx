import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { csvOfRows, type CsvTable } from '#shared/base/csv.ts';
import { downloadText } from './download.ts';

export interface ExportButtonsProps {
  /** The file's name without its ending. */
  readonly name: string;
  /** Made when a file is asked for. */
  readonly table: () => CsvTable;
  /** What the JSON file holds; the table's rows when not given. */
  readonly json?: () => unknown;
}

/** Keeps an answer as a file, for spreadsheets or for scripts. */
export function ExportButtons({ name, table, json }: ExportButtonsProps): ReactElement {
  const value = (): unknown => (json === undefined ? table().rows : json());
  return (
    <>
      <Button
        variant="default"
        onClick={() => downloadText(`${name}.csv`, 'text/csv;charset=utf-8', csvOfRows(table()))}
      >
        Export CSV
      </Button>
      <Button
        variant="default"
        onClick={() => downloadText(`${name}.json`, 'application/json', `${JSON.stringify(value(), null, 2)}\n`)}
      >
        Export JSON
      </Button>
    </>
  );
}
