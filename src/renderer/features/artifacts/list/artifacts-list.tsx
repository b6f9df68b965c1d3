import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { FileCode2 } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { Artifact } from '#shared/model/index.ts';
import { isDesktop, QueryView, useEngine, usePathsOfShell } from '../../../rpc/index.ts';
import { Button, DataTable, EmptyState, PartialNotice, Screen, ShortId, type DataColumn } from '../../../ui/index.ts';
import { DropTarget } from '../../imports/index.ts';
import type { DroppedCode } from '../import/dropped-code.ts';
import { ImportWizard } from '../import/import-wizard.tsx';
import { ProblemList } from '../problem-list.tsx';

const columns: readonly DataColumn<Artifact>[] = [
  {
    id: 'name',
    title: 'Name',
    width: 240,
    sortBy: (artifact) => artifact.name,
    cell: (artifact) => (
      <Link to="/artifacts/$name" params={{ name: artifact.name }}>
        {artifact.name}
      </Link>
    ),
  },
  {
    id: 'version',
    title: 'Version',
    width: 80,
    sortBy: (artifact) => artifact.version,
    cell: (artifact) => artifact.version,
  },
  {
    id: 'runner',
    title: 'Runner',
    width: 100,
    sortBy: (artifact) => artifact.runner,
    cell: (artifact) => artifact.runner,
  },
  {
    id: 'boundary',
    title: 'Boundary',
    width: 110,
    sortBy: (artifact) => artifact.boundary,
    cell: (artifact) => artifact.boundary,
  },
  {
    id: 'inputs',
    title: 'Inputs',
    width: 72,
    align: 'end',
    sortBy: (artifact) => Object.keys(artifact.inputs.properties).length,
    cell: (artifact) => Object.keys(artifact.inputs.properties).length,
  },
  {
    id: 'outputs',
    title: 'Outputs',
    width: 72,
    align: 'end',
    sortBy: (artifact) => Object.keys(artifact.outputs.properties).length,
    cell: (artifact) => Object.keys(artifact.outputs.properties).length,
  },
  {
    id: 'creates',
    title: 'Creates',
    width: 220,
    cell: (artifact) => {
      const types = Object.keys(artifact.creates);
      return types.length === 0 ? 'nothing itself' : types.join(', ');
    },
  },
  { id: 'source', title: 'Source', width: 240, cell: (artifact) => <span className="gp-mono">{artifact.source}</span> },
  {
    id: 'digest',
    title: 'Digest',
    width: 180,
    hidden: true,
    cell: (artifact) => <ShortId id={artifact.digest} most={20} inTable />,
  },
  { id: 'summary', title: 'Summary', width: 320, cell: (artifact) => artifact.summary },
];

const nothingDropped: DroppedCode = { paths: [], nameless: [] };

/** Everything imported, and what could not be read. */
export function ArtifactsList(): ReactElement {
  const { api } = useEngine();
  const navigate = useNavigate();
  const artifacts = useQuery(api.artifacts.list.queryOptions());
  const [importing, setImporting] = useState<DroppedCode | null>(null);
  usePathsOfShell(importing === null ? (paths) => setImporting({ paths, nameless: [] }) : null);
  const count = artifacts.data?.artifacts.length;
  const problems = artifacts.data?.problems ?? [];
  return (
    <Screen
      title="Artifacts"
      state={
        count === undefined ? '' : `${count} imported${problems.length === 0 ? '' : `, ${problems.length} problems`}`
      }
      actions={
        <>
          <Button variant="default" onClick={() => void navigate({ to: '/split' })}>
            Split a terralith
          </Button>
          <Button onClick={() => setImporting(nothingDropped)}>Import artifacts</Button>
        </>
      }
    >
      <QueryView query={artifacts} loading="Reading the artifacts" failed="The artifacts could not be read">
        {(data) => (
          <>
            {data.problems.length > 0 && (
              <PartialNotice>
                <ProblemList problems={data.problems} label="Problems" />
              </PartialNotice>
            )}
            {data.artifacts.length === 0 ? (
              <EmptyState
                title="No artifacts yet"
                icon={<FileCode2 size={24} aria-hidden />}
                action={<Button onClick={() => setImporting(nothingDropped)}>Import artifacts</Button>}
              >
                Import modules from your disk: their inputs and outputs are read from the code, with nothing to write by
                hand.
              </EmptyState>
            ) : (
              <DataTable
                id="artifacts"
                label="Artifacts"
                columns={columns}
                rows={data.artifacts}
                rowId={(artifact) => artifact.name}
                onOpen={(artifact) => void navigate({ to: '/artifacts/$name', params: { name: artifact.name } })}
              />
            )}
          </>
        )}
      </QueryView>
      {/* The desktop tells the paths of what was dropped by itself. */}
      <DropTarget
        onFiles={(files) => {
          const nameless = files.map(({ name }) => name);
          if (!isDesktop(window)) setImporting((now) => ({ ...(now ?? nothingDropped), nameless }));
        }}
      >
        A repository, modules, charts (packed ones too), templates, scripts
      </DropTarget>
      {importing !== null && <ImportWizard dropped={importing} onClose={() => setImporting(null)} />}
    </Screen>
  );
}
