import type { ReactNode } from 'react';
import type { ResourceRow } from '#shared/model/index.ts';
import { CategoryIcon, RelativeTime, ShortId, StatusBadge, type DataColumn } from '../../../ui/index.ts';
import classes from '../estate.module.css';

/** Why a row answers the search. */
const matchedColumn: DataColumn<ResourceRow> = {
  id: 'matched',
  title: 'Why it matched',
  width: 310,
  cell: (row) => (
    <span className={classes.matched} title={row.matched ?? ''}>
      {row.matched}
    </span>
  ),
};

/** The columns of the resource table; those marked hidden can be chosen. */
export const resourceColumns: readonly DataColumn<ResourceRow>[] = [
  {
    id: 'name',
    title: 'Name',
    width: 240,
    sortable: true,
    cell: (row) => (
      <>
        <CategoryIcon category={row.category} /> {row.name === '' ? row.nativeId : row.name}
      </>
    ),
  },
  { id: 'kind', title: 'Kind', width: 190, sortable: true, cell: (row) => row.kind },
  { id: 'scope', title: 'Account', width: 150, sortable: true, cell: (row) => row.scopeName },
  { id: 'region', title: 'Region', width: 110, sortable: true, cell: (row) => row.region },
  {
    id: 'nativeId',
    title: 'Id',
    width: 190,
    sortable: true,
    cell: (row) => <ShortId id={row.nativeId} most={24} inTable />,
  },
  {
    id: 'managed',
    title: 'Managed by',
    width: 200,
    cell: managerText,
  },
  { id: 'state', title: 'State', width: 100, sortable: true, cell: (row) => row.state ?? '' },
  { id: 'address', title: 'Address', width: 140, cell: (row) => row.cidr ?? row.ip ?? '' },
  { id: 'tags', title: 'Tags', width: 220, cell: tagsText },
  { id: 'zone', title: 'Zone', width: 110, hidden: true, cell: (row) => row.zone ?? '' },
  { id: 'category', title: 'Category', width: 110, hidden: true, cell: (row) => row.category },
  { id: 'public', title: 'Public', width: 90, hidden: true, cell: publicText },
  {
    id: 'createdAt',
    title: 'Created',
    width: 120,
    hidden: true,
    sortable: true,
    cell: (row) => (row.createdAt === null ? '' : <RelativeTime at={row.createdAt} />),
  },
  {
    id: 'lastRun',
    title: 'Last seen',
    width: 110,
    hidden: true,
    sortable: true,
    cell: (row) => (row.stale ? <StatusBadge tone="unknown">run {row.lastRun}</StatusBadge> : `run ${row.lastRun}`),
  },
];

/** The columns while something is searched for. */
export const searchColumns: readonly DataColumn<ResourceRow>[] = [
  ...resourceColumns.slice(0, 1),
  matchedColumn,
  ...resourceColumns.slice(1),
];

function managerText({ managedBy, states: [state] }: ResourceRow): ReactNode {
  if (managedBy !== null) return `${managedBy.environment} (${managedBy.blueprint} ${managedBy.version})`;
  if (state === undefined) return <span className="gp-dimmed">nobody</span>;
  return <span title={state.address}>state {state.name}</span>;
}

function tagsText(row: ResourceRow): ReactNode {
  return Object.entries(row.tags)
    .filter(([key]) => key !== 'Name')
    .map(([key, value]) => `${key}=${value}`)
    .join(' ');
}

function publicText(row: ResourceRow): ReactNode {
  if (row.public === null) return '';
  return row.public ? <StatusBadge tone="attention">public</StatusBadge> : 'private';
}
