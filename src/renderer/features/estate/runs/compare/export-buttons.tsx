import { useMutation } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { csvOfRows } from '#shared/base/csv.ts';
import type { RunDifference } from '#shared/model/index.ts';
import { errorOf, useEngine } from '../../../../rpc/index.ts';
import { Button, downloadText, notifyFailed } from '../../../../ui/index.ts';
import type { DifferenceFilter } from './difference-table.tsx';
import { rowsOfDifferences } from './export-differences.ts';

const pageSize = 5000;

/** Offers the differences that are shown as a file, all pages of them. */
export function ExportButtons({ filter }: { filter: DifferenceFilter }): ReactElement {
  const { client } = useEngine();
  const name = `groundplan-runs-${filter.from}-${filter.to}`;
  const save = useMutation({
    mutationFn: async (form: 'csv' | 'json') => {
      const rows: RunDifference[] = [];
      for (;;) {
        const page = await client.runs.differences({ ...filter, offset: rows.length, limit: pageSize });
        rows.push(...page.rows);
        if (rows.length >= page.total || page.rows.length === 0) break;
      }
      if (form === 'csv') downloadText(`${name}.csv`, 'text/csv;charset=utf-8', csvOfRows(rowsOfDifferences(rows)));
      else downloadText(`${name}.json`, 'application/json', `${JSON.stringify(rows, null, 2)}\n`);
    },
    onError: (error) => notifyFailed('The differences could not be exported.', errorOf(error)),
  });
  return (
    <>
      <Button variant="default" loading={save.isPending && save.variables === 'csv'} onClick={() => save.mutate('csv')}>
        Export CSV
      </Button>
      <Button
        variant="default"
        loading={save.isPending && save.variables === 'json'}
        onClick={() => save.mutate('json')}
      >
        Export JSON
      </Button>
    </>
  );
}
