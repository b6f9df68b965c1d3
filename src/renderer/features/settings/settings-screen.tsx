import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { Screen, Stack, Tabs, Title } from '../../ui/index.ts';
import { AgentsSection } from './agents-section.tsx';
import { AppearanceSection } from './appearance-section.tsx';
import { ConnectionsSection } from './connections-section.tsx';
import { HistorySection } from './history-section.tsx';
import { ToolsTable } from './tools-table.tsx';

const sections = ['connections', 'history', 'tools', 'agents', 'appearance'] as const;
type Section = (typeof sections)[number];

const titles: Record<Section, string> = {
  connections: 'Connections',
  history: 'History',
  tools: 'Tools',
  agents: 'Agents',
  appearance: 'Appearance',
};

/** Clouds, history, tools, agents, appearance. */
export function SettingsScreen(): ReactElement {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const navigate = useNavigate();
  const section = sections.find((candidate) => candidate === search['section']) ?? 'connections';
  return (
    <Screen title="Settings" padded>
      <Tabs
        value={section}
        onChange={(value) => void navigate({ to: '/settings', search: value === null ? {} : { section: value } })}
      >
        <Tabs.List mb={16}>
          {sections.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {titles[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <div style={{ maxWidth: 960 }}>
          <Tabs.Panel value="connections">
            <ConnectionsSection />
          </Tabs.Panel>
          <Tabs.Panel value="history">
            <HistorySection />
          </Tabs.Panel>
          <Tabs.Panel value="tools">
            <Stack gap={12}>
              <Title order={2}>Command-line tools</Title>
              <ToolsTable />
            </Stack>
          </Tabs.Panel>
          <Tabs.Panel value="agents">
            <AgentsSection />
          </Tabs.Panel>
          <Tabs.Panel value="appearance">
            <AppearanceSection />
          </Tabs.Panel>
        </div>
      </Tabs>
    </Screen>
  );
}
