import { skipToken, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Blocks, Library } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { useEngine } from '../rpc/index.ts';
import {
  CategoryIcon,
  Finder,
  useDebouncedValue,
  useHotkeys,
  useMantineColorScheme,
  type FinderEntry,
} from '../ui/index.ts';
import { usePalette } from './palette-store.ts';
import { screens } from './screens.ts';

interface Entry extends FinderEntry {
  readonly group: 'Screens' | 'Commands' | 'Resources' | 'Blueprints';
}

/** Finds any command, screen, resource or blueprint (Ctrl/Cmd-K). */
export function CommandPalette({ hasWorkspace }: { hasWorkspace: boolean }): ReactElement {
  const { opened, open, close } = usePalette();
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text.trim(), 150);
  const { api } = useEngine();
  const found = useQuery(
    api.estate.search.queryOptions({
      input: hasWorkspace && asked.length > 1 ? { filter: { text: asked }, limit: 8 } : skipToken,
    }),
  );
  const drafts = useQuery(api.blueprints.list.queryOptions({ input: hasWorkspace ? undefined : skipToken }));
  const published = useQuery(api.catalog.list.queryOptions({ input: hasWorkspace ? undefined : skipToken }));
  const navigate = useNavigate();
  const commands = useCommands(hasWorkspace);
  useHotkeys([['mod+K', open]], []);

  const resources = (asked === text.trim() ? (found.data?.rows ?? []) : []).map((row): Entry => ({
    id: `resource-${row.id}`,
    group: 'Resources',
    label: row.name === '' ? row.nativeId : row.name,
    description: [row.kind, row.region, row.scopeName, row.matched ?? ''].filter((part) => part !== '').join(' · '),
    icon: <CategoryIcon category={row.category} />,
    run: () => void navigate({ to: '/estate', search: { text: asked, selected: row.id } }),
  }));
  const blueprints = [
    ...(drafts.data?.drafts ?? []).map((draft): Entry => ({
      id: `draft-${draft.name}`,
      group: 'Blueprints',
      label: draft.name,
      description: `Draft ${draft.version}, ${draft.boundary}`,
      icon: <Blocks size={14} aria-hidden />,
      run: () => void navigate({ to: '/blueprints/$name', params: { name: draft.name } }),
    })),
    ...(published.data?.entries ?? []).map(({ release, boundary }): Entry => ({
      id: `release-${release.name}-${release.version}`,
      group: 'Blueprints',
      label: `${release.name} ${release.version}`,
      description: `Published ${release.type}, ${boundary}`,
      icon: <Library size={14} aria-hidden />,
      run: () => void navigate({ to: '/catalog/$name', params: { name: release.name } }),
    })),
  ];
  const matching = [...commands, ...blueprints].filter((entry) => matches(entry, text));
  const entries = [...matching.filter((entry) => entry.group !== 'Blueprints').slice(0, 14), ...resources];
  const all = [...entries, ...matching.filter((entry) => entry.group === 'Blueprints').slice(0, 8)];

  return (
    <Finder
      opened={opened}
      onClose={() => {
        close();
        setText('');
      }}
      title="Search or run a command"
      placeholder="Screen, command, resource (name, id, env=prod, 10.1.2.3), blueprint"
      text={text}
      onText={setText}
      groups={(['Screens', 'Commands', 'Resources', 'Blueprints'] as const).map((label) => ({
        label,
        entries: all.filter((entry) => entry.group === label),
      }))}
      note={found.isFetching ? 'Searching the estate…' : 'Nothing is called that.'}
    />
  );
}

function matches(entry: Entry, text: string): boolean {
  const haystack = `${entry.label} ${entry.description}`.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => haystack.includes(word));
}

function useCommands(hasWorkspace: boolean): readonly Entry[] {
  const navigate = useNavigate();
  const { setColorScheme } = useMantineColorScheme();
  const go = screens.map(({ path, title, purpose, icon: Icon }): Entry => ({
    id: path,
    group: 'Screens',
    label: title,
    description: purpose,
    icon: <Icon size={14} aria-hidden />,
    run: () => void navigate({ to: path }),
  }));
  const command = (label: string, description: string, run: () => void): Entry => ({
    id: `command-${label}`,
    group: 'Commands',
    label,
    description,
    icon: null,
    run,
  });
  const always = [
    command('Open or make a workspace', 'Start screen', () => void navigate({ to: '/start' })),
    command('Use light colours', 'Appearance', () => setColorScheme('light')),
    command('Use dark colours', 'Appearance', () => setColorScheme('dark')),
    command('Use the system’s colours', 'Appearance', () => setColorScheme('auto')),
  ];
  const inWorkspace = [
    command('Split a terralith', 'Take a monolithic root apart, with proof', () => void navigate({ to: '/split' })),
    command('Map now', 'Start a discovery run', () => void navigate({ to: '/estate', search: { dialog: 'map' } })),
    command(
      'Show coverage',
      'Estate: what could be read and what not',
      () => void navigate({ to: '/estate', search: { tab: 'coverage' } }),
    ),
    command(
      'Show runs',
      'Estate: discovery runs and their progress',
      () => void navigate({ to: '/estate', search: { tab: 'runs' } }),
    ),
    command(
      'Query the graph with Cypher',
      'Estate: read-only query',
      () => void navigate({ to: '/estate', search: { tab: 'query' } }),
    ),
  ];
  return [...go, ...(hasWorkspace ? inWorkspace : []), ...always];
}
