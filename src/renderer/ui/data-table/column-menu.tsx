import { Button, Checkbox, Popover, Stack } from '@mantine/core';
import { Columns3 } from 'lucide-react';
import type { ReactElement } from 'react';
import { useColumnVisibility } from './data-table.tsx';
import type { DataColumn } from './types.ts';

/** Chooses the columns of the table with the same id. */
export function ColumnMenu<Row>(props: { id: string; columns: readonly DataColumn<Row>[] }): ReactElement {
  const [visibility, setShown] = useColumnVisibility(props);
  return (
    <Popover position="bottom-end" trapFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<Columns3 size={14} aria-hidden />}>
          Columns
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap={8} role="group" aria-label="Columns">
          {props.columns.map((column) => (
            <Checkbox
              key={column.id}
              label={column.title}
              checked={visibility[column.id] !== false}
              onChange={(event) => setShown(column.id, event.currentTarget.checked)}
            />
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
