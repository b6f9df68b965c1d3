import { useQuery } from '@tanstack/react-query';
import { Map as MapIcon, Radar } from 'lucide-react';
import { useCallback, useMemo, type ReactElement } from 'react';
import type { EstateStats } from '#shared/model/index.ts';
import { QueryView, useEngine } from '../../rpc/index.ts';
import { ExportButton, ImportButton } from '../imports/index.ts';
import { Button, ColumnMenu, EmptyState, Group, Screen, StatusText, Tabs } from '../../ui/index.ts';
import { AsOfNotice } from './as-of-notice.tsx';
import { AsOf } from './as-of.ts';
import { emptyFilter } from './address/chips.ts';
import { tabs, type EstateAddress, type Tab } from './address/address.ts';
import { useEstateAddress, type GoEstate } from './address/use-estate-address.ts';
import { CoverageTab } from './coverage/coverage-tab.tsx';
import classes from './estate.module.css';
import { ResourceInspector } from './inspector/resource-inspector.tsx';
import { QueryTab } from './query/query-tab.tsx';
import { SetInspector } from './questions/set-inspector.tsx';
import { resourceColumns } from './resources/resource-columns.tsx';
import { ResourcesTab } from './resources/resources-tab.tsx';
import { MapDialog } from './runs/map-dialog.tsx';
import { RunsTab } from './runs/runs-tab.tsx';
import { SampleHint } from './sample-hint.tsx';
import { titleOfScope } from './scopes/scope-rows.ts';

const tabTitles: Record<Tab, string> = {
  resources: 'Resources',
  coverage: 'Coverage',
  runs: 'Runs',
  query: 'Query',
};

/** Everything discovered: table, graph, list, coverage, runs and queries over one selection. */
export function EstateScreen(): ReactElement {
  const { address, go } = useEstateAddress();
  const { api } = useEngine();
  const stats = useQuery(api.estate.stats.queryOptions({ input: { asOf: address.asOf } }));
  const info = useQuery(api.system.info.queryOptions());
  const openMap = useCallback(() => go({ dialog: 'map' }), [go]);
  return (
    <AsOf value={address.asOf}>
      <Screen
        title="Estate"
        state={stats.data === undefined ? null : <StateLine stats={stats.data} />}
        actions={
          <>
            {address.tab === 'resources' && address.view === 'table' && (
              <ColumnMenu id="estate" columns={resourceColumns} />
            )}
            <ImportButton />
            {stats.data !== undefined && stats.data.runs > 0 && <ExportButton asOf={address.asOf} />}
            <Button leftSection={<Radar size={14} aria-hidden />} onClick={openMap}>
              Map now
            </Button>
          </>
        }
      >
        <div className={classes.pane}>
          {address.asOf !== null && (
            <AsOfNotice run={address.asOf} tab={address.tab} onNow={() => go({ asOf: null })} />
          )}
          {address.hint === 'sample' && <SampleHint onClose={() => go({ hint: null }, { replace: true })} />}
          <Tabs value={address.tab} onChange={(value) => go({ tab: tabs.find((tab) => tab === value) ?? 'resources' })}>
            <Tabs.List px={12}>
              {tabs.map((tab) => (
                <Tabs.Tab key={tab} value={tab}>
                  {tabTitles[tab]}
                </Tabs.Tab>
              ))}
            </Tabs.List>
          </Tabs>
          <div className={classes.fill} role="tabpanel" aria-label={tabTitles[address.tab]}>
            <Content address={address} go={go} onMap={openMap} stats={stats.data} />
          </div>
        </div>
        <MapDialog
          opened={address.dialog === 'map'}
          connections={info.data?.workspace?.connections ?? []}
          onClose={() => go({ dialog: null }, { replace: true })}
          onStarted={(run) => go({ dialog: null, tab: 'runs', run })}
        />
        {address.of !== null && address.tab === 'resources' && (
          <SetInspector address={address} of={address.of} go={go} />
        )}
        {address.of === null && address.selected !== null && address.tab !== 'coverage' && address.tab !== 'runs' && (
          <ResourceInspector
            key={address.selected}
            id={address.selected}
            ask={address.ask}
            onAsk={(ask) => go({ ask }, { replace: true })}
            to={address.to}
            onTo={(to) => go({ to }, { replace: true })}
            onSelect={(id) => go({ selected: id })}
            onClose={() => go({ selected: null })}
            onAround={(id) => go({ tab: 'resources', view: 'graph', around: id, selected: id })}
          />
        )}
      </Screen>
    </AsOf>
  );
}

function Content(props: {
  address: EstateAddress;
  go: GoEstate;
  onMap: () => void;
  stats: EstateStats | undefined;
}): ReactElement {
  const { address, go, onMap, stats } = props;
  const { api } = useEngine();
  const scopes = useQuery(api.estate.scopes.queryOptions({ input: { asOf: address.asOf } }));
  const names = useMemo(
    () => new Map((scopes.data ?? []).map((scope) => [scope.id, titleOfScope(scope)])),
    [scopes.data],
  );
  const nameOfScope = useCallback((id: string) => names.get(id) ?? id, [names]);
  const onSelect = useCallback((id: string) => go({ selected: id }), [go]);
  switch (address.tab) {
    case 'resources':
      if (stats?.resources === 0 && stats.runs === 0) return <Unmapped onMap={onMap} />;
      return (
        <QueryView query={scopes} loading="Reading the scopes" failed="The scopes could not be read">
          {(tree) => <ResourcesTab address={address} go={go} scopes={tree} />}
        </QueryView>
      );
    case 'coverage':
      return <CoverageTab scopes={scopes.data ?? []} onMap={onMap} />;
    case 'runs':
      return (
        <RunsTab
          nameOfScope={nameOfScope}
          shown={address.run}
          compared={address.compare}
          onCompare={(compare) => go({ compare })}
          onResource={(id, asOf) => go({ asOf, tab: 'resources', filter: { ...emptyFilter, ids: [id] }, selected: id })}
          onAsOf={(asOf) => go({ asOf, tab: 'resources', filter: emptyFilter, selected: null, around: null })}
          onShow={(run) => go({ run }, { replace: true })}
          onChangedSince={(run) => go({ tab: 'resources', filter: { ...emptyFilter, changedSinceRun: run } })}
          onCoverage={() => go({ tab: 'coverage' })}
          onMap={onMap}
        />
      );
    case 'query':
      return <QueryTab nameOfScope={nameOfScope} selected={address.selected} onSelect={onSelect} />;
  }
}

function StateLine({ stats }: { stats: EstateStats }): ReactElement {
  const number = (value: number) => value.toLocaleString('en');
  const counted = (value: number, word: string) => `${number(value)} ${word}${value === 1 ? '' : 's'}`;
  return (
    <>
      {counted(stats.resources, 'resource')}, {counted(stats.relationships, 'relationship')}, {number(stats.managed)}{' '}
      managed
      {stats.gone > 0 && `, ${number(stats.gone)} managed, but gone`}
      {stats.stale > 0 && `, ${number(stats.stale)} stale`}
      <StatusText>
        {counted(stats.scopes, 'scope')}, {counted(stats.stubs, 'resource')} referred to but not discovered
      </StatusText>
    </>
  );
}

function Unmapped({ onMap }: { onMap: () => void }): ReactElement {
  return (
    <EmptyState
      title="Nothing is mapped yet"
      icon={<MapIcon size={24} aria-hidden />}
      action={
        <Group gap={8}>
          <Button onClick={onMap}>Map now</Button>
          <ImportButton />
        </Group>
      }
    >
      Here stands everything that runs, over all accounts and regions. Map a cloud, drop exports and states on the
      window, or load the sample estate from the Start screen.
    </EmptyState>
  );
}
