import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import { compareVersions } from '#shared/blueprint/index.ts';
import type { PublishedBlueprint } from '#shared/model/index.ts';
import { QueryView, useEngine } from '../../../rpc/index.ts';
import { Button, PartialNotice, PortsTable, Screen, Select, StatusBadge, Tabs } from '../../../ui/index.ts';
import { ProposeForm } from '../propose/propose-form.tsx';
import { statusTone } from '../release-words.ts';
import { AudienceDialog } from './audience-dialog.tsx';
import { ChangesPanel } from './changes-panel.tsx';
import { OverviewPanel } from './overview-panel.tsx';
import { PublishedCanvas } from './published-canvas.tsx';
import { StatusDialog } from './status-dialog.tsx';

const tabs = ['overview', 'canvas', 'ports', 'changes', 'propose'] as const;
type Tab = (typeof tabs)[number];

function textOf(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

/** One published name: its versions, what each holds, who may deploy it, and proposing it. */
export function CatalogDetail({ name }: { name: string }): ReactElement {
  const { api } = useEngine();
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const version = textOf(search['version']);
  const published = useQuery(api.catalog.get.queryOptions({ input: { name, version } }));
  const catalog = useQuery(api.catalog.list.queryOptions());
  const versions = (catalog.data?.entries ?? [])
    .filter(({ release }) => release.name === name)
    .map(({ release }) => release.version)
    .toSorted((one, other) => compareVersions(other, one));
  const asked = textOf(search['tab']);
  return (
    <QueryView query={published} loading={`Reading ${name}`} failed={`${name} could not be read from the catalog`}>
      {(data) => (
        <Loaded
          published={data}
          versions={versions}
          tab={tabs.find((tab) => tab === asked) ?? 'overview'}
          from={textOf(search['from'])}
        />
      )}
    </QueryView>
  );
}

interface LoadedProps {
  readonly published: PublishedBlueprint;
  readonly versions: readonly string[];
  readonly tab: Tab;
  readonly from: string | null;
}

function Loaded({ published, versions, tab, from }: LoadedProps): ReactElement {
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<'audience' | 'status' | null>(null);
  const { entry, document } = published;
  const { release, intact } = entry;
  const { name, version } = release;
  const isBlueprint = release.type === 'blueprint';
  const open = (next: { version?: string; tab?: string }) =>
    void navigate({ to: '/catalog/$name', params: { name }, search: { version, tab, ...next } });
  return (
    <Screen
      title={`${name} ${version}`}
      state={
        <>
          <StatusBadge tone={statusTone(release.status)}>{release.status}</StatusBadge>
          {` ${[release.type, entry.boundary, entry.summary].filter((part) => part !== '').join(' · ')}`}
        </>
      }
      actions={
        <>
          <Select
            aria-label="Version"
            data={versions.length === 0 ? [version] : [...versions]}
            value={version}
            allowDeselect={false}
            w={120}
            onChange={(next) => {
              if (next !== null) open({ version: next });
            }}
          />
          <Button variant="default" onClick={() => setDialog('audience')}>
            Change audience
          </Button>
          <Button variant="default" onClick={() => setDialog('status')}>
            Change status
          </Button>
          {isBlueprint && (
            <Button disabled={!intact || release.status === 'withdrawn'} onClick={() => open({ tab: 'propose' })}>
              Propose for a region
            </Button>
          )}
        </>
      }
    >
      {!intact && (
        <PartialNotice>
          The files of this version are not the ones that were published: their digest differs. It cannot be used or
          proposed. Restore the folder from git.
        </PartialNotice>
      )}
      {release.status !== 'active' && (
        <PartialNotice>
          {`This version is ${release.status}: ${release.reason ?? 'no reason given'}.`}
          {release.successor !== null && ` Its successor is ${release.successor}.`}
        </PartialNotice>
      )}
      <Tabs
        value={tab}
        onChange={(next) => {
          if (next !== null) open({ tab: next });
        }}
        style={{ height: '100%', display: 'flex', flexDirection: 'column' }}
      >
        <Tabs.List>
          <Tabs.Tab value="overview">Overview</Tabs.Tab>
          {document !== null && <Tabs.Tab value="canvas">Canvas</Tabs.Tab>}
          <Tabs.Tab value="ports">Inputs and outputs</Tabs.Tab>
          <Tabs.Tab value="changes">Changes</Tabs.Tab>
          {isBlueprint && <Tabs.Tab value="propose">Propose</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="overview" p="md">
          <OverviewPanel published={published} />
        </Tabs.Panel>
        {document !== null && (
          <Tabs.Panel value="canvas" style={{ flex: 1, minHeight: 320 }}>
            <PublishedCanvas key={`${name}@${version}`} document={document} version={version} />
          </Tabs.Panel>
        )}
        <Tabs.Panel value="ports" p="md">
          <h2>Inputs</h2>
          <PortsTable ports={published.inputs} label="Inputs" empty="It has no inputs." withInputs />
          <h2>Outputs</h2>
          <PortsTable ports={published.outputs} label="Outputs" empty="It has no outputs." withInputs={false} />
        </Tabs.Panel>
        <Tabs.Panel value="changes" p="md">
          <ChangesPanel name={name} version={version} versions={versions} from={from} withDraft={isBlueprint} />
        </Tabs.Panel>
        {isBlueprint && (
          <Tabs.Panel value="propose" p="md">
            <ProposeForm published={published} />
          </Tabs.Panel>
        )}
      </Tabs>
      {dialog === 'audience' && <AudienceDialog release={release} onClose={() => setDialog(null)} />}
      {dialog === 'status' && <StatusDialog release={release} versions={versions} onClose={() => setDialog(null)} />}
    </Screen>
  );
}
