import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Blocks } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { DraftSummary } from '#shared/model/index.ts';
import { QueryView, useEngine } from '../../../rpc/index.ts';
import {
  Button,
  DataTable,
  EmptyState,
  Group,
  PartialNotice,
  Screen,
  StatusBadge,
  type DataColumn,
} from '../../../ui/index.ts';
import { NewBlueprintDialog } from './new-blueprint-dialog.tsx';

function countText({ errors, warnings }: DraftSummary): string {
  const part = (count: number, word: string) => (count === 0 ? [] : [`${count} ${word}${count === 1 ? '' : 's'}`]);
  return [...part(errors, 'error'), ...part(warnings, 'warning')].join(', ');
}

const columns: readonly DataColumn<DraftSummary>[] = [
  {
    id: 'name',
    title: 'Name',
    width: 240,
    sortBy: (draft) => draft.name,
    cell: (draft) => (
      <Link to="/blueprints/$name" params={{ name: draft.name }}>
        {draft.name}
      </Link>
    ),
  },
  {
    id: 'version',
    title: 'Draft version',
    width: 110,
    sortBy: (draft) => draft.version,
    cell: (draft) => draft.version,
  },
  { id: 'boundary', title: 'Boundary', width: 110, sortBy: (draft) => draft.boundary, cell: (draft) => draft.boundary },
  {
    id: 'nodes',
    title: 'Nodes',
    width: 72,
    align: 'end',
    sortBy: (draft) => draft.nodes,
    cell: (draft) => draft.nodes,
  },
  {
    id: 'problems',
    title: 'Problems',
    width: 160,
    sortBy: (draft) => draft.errors * 1000 + draft.warnings,
    cell: (draft) =>
      draft.errors + draft.warnings === 0 ? (
        <StatusBadge tone="good">none</StatusBadge>
      ) : (
        <StatusBadge tone={draft.errors > 0 ? 'bad' : 'attention'}>{countText(draft)}</StatusBadge>
      ),
  },
  {
    id: 'published',
    title: 'Published',
    width: 180,
    cell: (draft) => (draft.published.length === 0 ? 'not yet' : draft.published.join(', ')),
  },
  { id: 'summary', title: 'Summary', width: 360, cell: (draft) => draft.summary },
];

/** All drafts of the workspace. */
export function DraftsScreen(): ReactElement {
  const { api } = useEngine();
  const navigate = useNavigate();
  const drafts = useQuery(api.blueprints.list.queryOptions());
  const [making, setMaking] = useState(false);
  const count = drafts.data?.drafts.length;
  return (
    <Screen
      title="Blueprints"
      state={count === undefined ? '' : `${count} ${count === 1 ? 'draft' : 'drafts'}`}
      actions={<Button onClick={() => setMaking(true)}>New blueprint</Button>}
    >
      <QueryView query={drafts} loading="Reading the blueprints" failed="The blueprints could not be read">
        {(data) => (
          <>
            {data.problems.length > 0 && (
              <PartialNotice>
                {`${data.problems.length} could not be read: ${data.problems.map((problem) => `${problem.file ?? ''} ${problem.message}`).join(' ')}`}
              </PartialNotice>
            )}
            {data.drafts.length === 0 ? (
              <EmptyState
                title="No blueprints yet"
                icon={<Blocks size={24} aria-hidden />}
                action={
                  <Group>
                    <Button onClick={() => setMaking(true)}>New blueprint</Button>
                    <Button variant="default" onClick={() => void navigate({ to: '/patterns' })}>
                      Make one from a pattern
                    </Button>
                  </Group>
                }
              >
                A blueprint puts artifacts and other blueprints together: nodes, wires, its own inputs and outputs, a
                version.
              </EmptyState>
            ) : (
              <DataTable
                id="blueprints"
                label="Blueprints"
                columns={columns}
                rows={data.drafts}
                rowId={(draft) => draft.name}
                onOpen={(draft) => void navigate({ to: '/blueprints/$name', params: { name: draft.name } })}
              />
            )}
          </>
        )}
      </QueryView>
      {making && <NewBlueprintDialog onClose={() => setMaking(false)} />}
    </Screen>
  );
}
