import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { Artifact, Problem } from '#shared/model/index.ts';
import { QueryView, useEngine } from '../../../rpc/index.ts';
import { KeyValues, PartialNotice, PortsTable, Screen, ShortId, Stack, Tabs } from '../../../ui/index.ts';
import { ProblemList } from '../problem-list.tsx';
import { ChangesPanel } from './changes-panel.tsx';
import { FilesPanel } from './files-panel.tsx';
import { UsesPanel } from './uses-panel.tsx';

const tabs = ['interface', 'uses', 'changes', 'files'] as const;

/** One artifact: its interface with where each fact was read from, what it creates and needs, its files. */
export function ArtifactDetail({ name }: { name: string }): ReactElement {
  const { api } = useEngine();
  const artifact = useQuery(api.artifacts.get.queryOptions({ input: { name } }));
  const list = useQuery(api.artifacts.list.queryOptions());
  const problems = (list.data?.problems ?? []).filter((problem) => problem.file?.startsWith(`artifacts/${name}/`));
  return (
    <QueryView
      query={artifact}
      loading={`Reading the artifact ${name}`}
      failed={`The artifact ${name} could not be read`}
    >
      {(data) => <Loaded artifact={data} problems={problems} />}
    </QueryView>
  );
}

function Loaded({ artifact, problems }: { artifact: Artifact; problems: readonly Problem[] }): ReactElement {
  const navigate = useNavigate();
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const tab = tabs.find((one) => one === search['tab']) ?? 'interface';
  const creates = Object.entries(artifact.creates);
  return (
    <Screen
      title={`${artifact.name} ${artifact.version}`}
      state={[artifact.runner, artifact.boundary, artifact.summary].filter((part) => part !== '').join(' · ')}
      actions={<Link to="/artifacts">All artifacts</Link>}
    >
      <Tabs
        value={tab}
        onChange={(next) =>
          void navigate({
            to: '/artifacts/$name',
            params: { name: artifact.name },
            search: next === null || next === 'interface' ? {} : { tab: next },
          })
        }
      >
        <Tabs.List>
          <Tabs.Tab value="interface">Interface</Tabs.Tab>
          <Tabs.Tab value="uses">Who uses it</Tabs.Tab>
          <Tabs.Tab value="changes">Changes</Tabs.Tab>
          <Tabs.Tab value="files">Files</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="interface" p="md">
          <Stack>
            {problems.length > 0 && (
              <PartialNotice>
                <ProblemList problems={problems} label="Problems" />
              </PartialNotice>
            )}
            <KeyValues
              entries={[
                [
                  'Source',
                  <span key="source" className="gp-mono">
                    {artifact.source}
                  </span>,
                ],
                ['Digest', <ShortId key="digest" id={artifact.digest} />],
              ]}
            />
            <section aria-label="Inputs">
              <h2>{`Inputs (${Object.keys(artifact.inputs.properties).length})`}</h2>
              <PortsTable ports={artifact.inputs} label="Inputs" empty="It has no inputs." withInputs />
            </section>
            <section aria-label="Outputs">
              <h2>{`Outputs (${Object.keys(artifact.outputs.properties).length})`}</h2>
              <PortsTable ports={artifact.outputs} label="Outputs" empty="It has no outputs." withInputs={false} />
            </section>
            <section aria-label="Creates">
              <h2>Creates</h2>
              {creates.length === 0 ? (
                <p className="gp-dimmed">Nothing itself.</p>
              ) : (
                <KeyValues
                  entries={creates.map(
                    ([type, count]) => [type, `${count} ${count === 1 ? 'block' : 'blocks'}`] as const,
                  )}
                />
              )}
            </section>
            <section aria-label="Requires">
              <h2>Requires</h2>
              {artifact.requires.length === 0 ? (
                <p className="gp-dimmed">Nothing is declared.</p>
              ) : (
                <ul>
                  {artifact.requires.map((need) => (
                    <li key={`${need.kind} ${need.name}`}>
                      {`${need.kind} ${need.name} ${need.version ?? 'any version'} `}
                      <span className="gp-dimmed">{`${need.origin.how}, ${need.origin.where}`}</span>
                    </li>
                  ))}
                </ul>
              )}
            </section>
            {artifact.dependencies.length > 0 && (
              <section aria-label="Calls">
                <h2>Calls</h2>
                <KeyValues entries={artifact.dependencies.map(({ name, source }) => [name, source] as const)} />
              </section>
            )}
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="uses" p="md">
          {tab === 'uses' && <UsesPanel name={artifact.name} />}
        </Tabs.Panel>
        <Tabs.Panel value="changes" p="md">
          {tab === 'changes' && <ChangesPanel name={artifact.name} />}
        </Tabs.Panel>
        <Tabs.Panel value="files" p="md">
          <FilesPanel name={artifact.name} />
        </Tabs.Panel>
      </Tabs>
    </Screen>
  );
}
