import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Library } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { compareVersions } from '#shared/blueprint/index.ts';
import type { CatalogEntry } from '#shared/model/index.ts';
import { QueryView, useEngine } from '../../../rpc/index.ts';
import {
  Button,
  Chip,
  DataTable,
  EmptyState,
  Group,
  PartialNotice,
  Screen,
  StatusBadge,
  type DataColumn,
} from '../../../ui/index.ts';
import { dayText, peopleText, statusTone } from '../release-words.ts';

const columns: readonly DataColumn<CatalogEntry>[] = [
  {
    id: 'name',
    title: 'Name',
    width: 240,
    sortBy: ({ release }) => release.name,
    cell: ({ release }) => (
      <Link to="/catalog/$name" params={{ name: release.name }} search={{ version: release.version }}>
        {release.name}
      </Link>
    ),
  },
  {
    id: 'version',
    title: 'Version',
    width: 90,
    sortBy: ({ release }) => release.version,
    cell: ({ release }) => release.version,
  },
  { id: 'type', title: 'Type', width: 90, sortBy: ({ release }) => release.type, cell: ({ release }) => release.type },
  {
    id: 'boundary',
    title: 'Boundary',
    width: 110,
    sortBy: ({ boundary }) => boundary,
    cell: ({ boundary }) => boundary,
  },
  {
    id: 'status',
    title: 'Status',
    width: 150,
    sortBy: ({ release }) => release.status,
    cell: ({ release, intact }) =>
      intact ? (
        <StatusBadge tone={statusTone(release.status)}>{release.status}</StatusBadge>
      ) : (
        <StatusBadge tone="bad">changed after publishing</StatusBadge>
      ),
  },
  { id: 'people', title: 'People', width: 140, cell: ({ release }) => peopleText(release.audience) },
  {
    id: 'agents',
    title: 'Agents',
    width: 100,
    sortBy: ({ release }) => release.audience.agents,
    cell: ({ release }) => (release.audience.agents === 'propose' ? 'may propose' : 'no'),
  },
  {
    id: 'usedBy',
    title: 'Run by',
    width: 180,
    sortBy: ({ usedBy }) => usedBy.length,
    cell: ({ usedBy }) => (usedBy.length === 0 ? 'no environment' : usedBy.join(', ')),
  },
  {
    id: 'date',
    title: 'Published',
    width: 120,
    sortBy: ({ release }) => release.date,
    cell: ({ release }) => dayText(release.date),
  },
  { id: 'summary', title: 'Summary', width: 320, cell: ({ summary }) => summary },
];

/** The newest version of each name, or all of them. */
function shownEntries(entries: readonly CatalogEntry[], type: string, all: boolean): readonly CatalogEntry[] {
  const ofType = entries.filter(({ release }) => type === 'all' || release.type === type);
  if (all) return ofType;
  const newest = new Map<string, CatalogEntry>();
  for (const entry of ofType) {
    const known = newest.get(entry.release.name);
    if (known === undefined || compareVersions(entry.release.version, known.release.version) > 0) {
      newest.set(entry.release.name, entry);
    }
  }
  return [...newest.values()];
}

/** Everything published. */
export function CatalogList(): ReactElement {
  const { api } = useEngine();
  const navigate = useNavigate();
  const catalog = useQuery(api.catalog.list.queryOptions());
  const [type, setType] = useState('all');
  const [all, setAll] = useState(false);
  const count = catalog.data?.entries.length;
  return (
    <Screen
      title="Catalog"
      state={count === undefined ? '' : `${count} published ${count === 1 ? 'version' : 'versions'}`}
      bar={
        <Group gap={8}>
          <Chip.Group value={type} onChange={setType}>
            <Chip value="all">All</Chip>
            <Chip value="blueprint">Blueprints</Chip>
            <Chip value="artifact">Artifacts</Chip>
          </Chip.Group>
          <Chip checked={all} onChange={setAll}>
            Every version
          </Chip>
        </Group>
      }
    >
      <QueryView query={catalog} loading="Reading the catalog" failed="The catalog could not be read">
        {({ entries, problems }) => (
          <>
            {problems.length > 0 && (
              <PartialNotice>
                {`${problems.length} could not be read: ${problems.map((problem) => `${problem.file ?? ''} ${problem.message}`).join(' ')}`}
              </PartialNotice>
            )}
            {entries.length === 0 ? (
              <EmptyState
                title="Nothing is published yet"
                icon={<Library size={24} aria-hidden />}
                action={<Button onClick={() => void navigate({ to: '/blueprints' })}>Open the blueprints</Button>}
              >
                The catalog holds published versions that never change, and says who may deploy them: people, agents.
              </EmptyState>
            ) : (
              <DataTable
                id="catalog"
                label="Catalog"
                columns={columns}
                rows={shownEntries(entries, type, all)}
                rowId={({ release }) => `${release.type} ${release.name}@${release.version}`}
                empty="Nothing of this type is published."
                onOpen={({ release }) =>
                  void navigate({
                    to: '/catalog/$name',
                    params: { name: release.name },
                    search: { version: release.version },
                  })
                }
              />
            )}
          </>
        )}
      </QueryView>
    </Screen>
  );
}
