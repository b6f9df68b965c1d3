import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { compareVersions } from '#shared/blueprint/index.ts';
import type { VersionDiff } from '#shared/model/index.ts';
import { QueryView, useEngine } from '../../../rpc/index.ts';
import { Group, Select, Stack, StatusBadge } from '../../../ui/index.ts';
import classes from './changes.module.css';

export interface ChangesPanelProps {
  readonly name: string;
  readonly version: string;
  readonly versions: readonly string[];
  /** The other side, or null for the version before. */
  readonly from: string | null;
  readonly withDraft: boolean;
}

/** Two versions side by side, one line for each difference. */
export function ChangesPanel({ name, version, versions, from, withDraft }: ChangesPanelProps): ReactElement {
  const navigate = useNavigate();
  const older = versions.filter((other) => compareVersions(other, version) < 0);
  const other = from ?? older[0] ?? (withDraft ? 'draft' : null);
  const choices = [...versions.filter((candidate) => candidate !== version), ...(withDraft ? ['draft'] : [])];
  return (
    <Stack>
      <Group>
        <Select
          label="Compare with"
          data={choices.map((choice) => ({
            value: choice,
            label: choice === 'draft' ? 'the draft being edited' : choice,
          }))}
          value={other}
          placeholder="There is no other version"
          allowDeselect={false}
          onChange={(next) => {
            if (next !== null) {
              void navigate({
                to: '/catalog/$name',
                params: { name },
                search: { version, tab: 'changes', from: next },
              });
            }
          }}
        />
      </Group>
      {other === null ? (
        <p className="gp-dimmed">This is the only version.</p>
      ) : (
        <Difference name={name} version={version} other={other} />
      )}
    </Stack>
  );
}

function Difference({ name, version, other }: { name: string; version: string; other: string }): ReactElement {
  const { api } = useEngine();
  const isNewer = other === 'draft' || compareVersions(other, version) > 0;
  const input = isNewer ? { name, from: version, to: other } : { name, from: other, to: version };
  const diff = useQuery(api.catalog.diff.queryOptions({ input }));
  return (
    <QueryView query={diff} loading="Comparing" failed="The versions could not be compared">
      {(data) => <DifferenceTable diff={data} />}
    </QueryView>
  );
}

function sideText(value: VersionDiff['changes'][number]['before']): string {
  if (value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 1);
}

/** The differences of two versions: place, both sides, and what breaks. */
function DifferenceTable({ diff }: { diff: VersionDiff }): ReactElement {
  const breaking = diff.changes.filter((change) => change.breaking).length;
  return (
    <section aria-label={`Changes from ${diff.from} to ${diff.to}`}>
      <p>
        {diff.changes.length === 0
          ? `${diff.from} and ${diff.to} do not differ.`
          : `${diff.changes.length} ${diff.changes.length === 1 ? 'difference' : 'differences'} from ${diff.from} to ${diff.to}, ${breaking} breaking; they call for version ${diff.proposedVersion}.`}
      </p>
      {diff.changes.length > 0 && (
        <div style={{ overflowX: 'auto' }}>
          <table className="gp-table">
            <thead>
              <tr>
                <th scope="col">Place</th>
                <th scope="col">Change</th>
                <th scope="col">{diff.from}</th>
                <th scope="col">{diff.to}</th>
                <th scope="col">Why it matters</th>
              </tr>
            </thead>
            <tbody>
              {diff.changes.map((change) => (
                <tr key={`${change.path} ${change.change}`}>
                  <td className="gp-mono">{change.path}</td>
                  <td>{change.change}</td>
                  <td className={classes.value}>{sideText(change.before)}</td>
                  <td className={classes.value}>{sideText(change.after)}</td>
                  <td>
                    {change.breaking && <StatusBadge tone="bad">breaking</StatusBadge>} {change.why}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
