import { useMemo, type ReactElement } from 'react';
import type { GraphView, GraphViewNode } from '#shared/model/index.ts';
import { Button, CategoryIcon, DataTable, type DataColumn } from '../ui/index.ts';

export interface GraphListProps {
  view: GraphView;
  nameOfScope: (id: string) => string;
  selected: string | null;
  onSelect: (id: string) => void;
  onExpand: (id: string) => void;
}

/** The same graph as a table: every group and resource of the picture, with how many relationships each has in it. */
export function GraphList({ view, nameOfScope, selected, onSelect, onExpand }: GraphListProps): ReactElement {
  const columns = useMemo(() => listColumns(view, nameOfScope, onExpand), [view, nameOfScope, onExpand]);
  return (
    <DataTable
      id="explorer.list"
      label="The graph as a list"
      columns={columns}
      rows={view.nodes}
      rowId={(node) => node.id}
      active={selected}
      onActive={(node) => {
        if (!node.group) onSelect(node.id);
      }}
      onOpen={(node) => {
        if (node.group) onExpand(node.id);
      }}
      rowTone={(node) => (node.stale ? 'faded' : node.isStub ? 'outlined' : undefined)}
      empty="Nothing to draw under this filter."
    />
  );
}

function listColumns(
  view: GraphView,
  nameOfScope: (id: string) => string,
  onExpand: (id: string) => void,
): DataColumn<GraphViewNode>[] {
  const degrees = new Map<string, number>();
  for (const edge of view.edges) {
    for (const id of [edge.from, edge.to]) degrees.set(id, (degrees.get(id) ?? 0) + edge.count);
  }
  return [
    {
      id: 'label',
      title: 'Resource or group',
      width: 230,
      cell: (node) => (
        <>
          <CategoryIcon category={node.category} /> {node.label}
        </>
      ),
      sortBy: (node) => node.label,
    },
    { id: 'kind', title: 'Kind', width: 160, cell: (node) => node.kind, sortBy: (node) => node.kind },
    {
      id: 'scope',
      title: 'Account',
      width: 130,
      cell: (node) => nameOfScope(node.scopeId),
      sortBy: (node) => nameOfScope(node.scopeId),
    },
    { id: 'region', title: 'Region', width: 100, cell: (node) => node.region, sortBy: (node) => node.region },
    {
      id: 'count',
      title: 'Resources',
      width: 90,
      align: 'end',
      cell: (node) => node.count,
      sortBy: (node) => node.count,
    },
    {
      id: 'relationships',
      title: 'Relationships',
      width: 110,
      align: 'end',
      cell: (node) => degrees.get(node.id) ?? 0,
      sortBy: (node) => degrees.get(node.id) ?? 0,
    },
    {
      id: 'managed',
      title: 'Managed',
      width: 84,
      cell: (node) => (node.group ? '' : node.managed ? 'managed' : 'not'),
      sortBy: (node) => Number(node.managed),
    },
    {
      id: 'expand',
      title: 'Group',
      width: 84,
      cell: (node) =>
        node.group ? (
          <Button
            size="compact-xs"
            variant="default"
            aria-label={`Expand ${node.label}`}
            onClick={(event) => {
              event.stopPropagation();
              onExpand(node.id);
            }}
          >
            Expand
          </Button>
        ) : null,
    },
  ];
}
