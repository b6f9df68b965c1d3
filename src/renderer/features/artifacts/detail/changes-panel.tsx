import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { ArtifactDiff } from '#shared/model/index.ts';
import { QueryView, useEngine } from '../../../rpc/index.ts';
import { Group, Select, Stack, StatusBadge } from '../../../ui/index.ts';
import { BlueprintLink } from './uses-panel.tsx';

const words: Readonly<Record<string, string>> = { now: 'as it is now', recorded: 'as it was imported last' };

function sideText(value: ArtifactDiff['changes'][number]['before']): string {
  if (value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Two states of an artifact side by side, and what the difference means for those that use it. */
export function ChangesPanel({ name }: { name: string }): ReactElement {
  const { api } = useEngine();
  const states = useQuery(api.catalog.artifactStates.queryOptions({ input: { name } }));
  return (
    <QueryView query={states} loading="Looking for what can be compared" failed="It could not be compared">
      {(found) =>
        found.length < 2 ? (
          <p className="gp-dimmed">There is one state of it only: nothing to compare with yet.</p>
        ) : (
          <Comparison name={name} states={found} />
        )
      }
    </QueryView>
  );
}

function Comparison({ name, states }: { name: string; states: readonly string[] }): ReactElement {
  const { api } = useEngine();
  const [from, setFrom] = useState(states.find((state) => state !== 'now') ?? 'now');
  const [to, setTo] = useState('now');
  const diff = useQuery(api.catalog.artifactDiff.queryOptions({ input: { name, from, to } }));
  const data = states.map((value) => ({ value, label: words[value] ?? value }));
  return (
    <Stack>
      <Group>
        <Select
          label="From"
          data={data}
          value={from}
          allowDeselect={false}
          onChange={(value) => setFrom(value ?? from)}
        />
        <Select label="To" data={data} value={to} allowDeselect={false} onChange={(value) => setTo(value ?? to)} />
      </Group>
      <QueryView query={diff} loading="Comparing" failed="The two could not be compared">
        {(answer) => <Difference diff={answer} />}
      </QueryView>
    </Stack>
  );
}

function Difference({ diff }: { diff: ArtifactDiff }): ReactElement {
  const { changes, uses } = diff;
  if (changes.length === 0) return <p className="gp-dimmed">They do not differ.</p>;
  const breaking = changes.filter((change) => change.breaking).length;
  const broken = uses.filter(({ breaks }) => breaks.length > 0);
  return (
    <>
      <p role="status">
        {`${changes.length} ${changes.length === 1 ? 'difference' : 'differences'}, ${breaking} breaking. `}
        {uses.length === 0
          ? 'No blueprint uses it.'
          : `${broken.length} of ${uses.length} that use it cannot follow as they are.`}
      </p>
      {broken.length > 0 && (
        <ul aria-label="What breaks" style={{ margin: 0 }}>
          {broken.map(({ blueprint, version, node, breaks }) => (
            <li key={`${blueprint} ${version ?? ''} ${node}`}>
              <BlueprintLink blueprint={blueprint} version={version} />
              {`, ${node}: ${breaks.join(' ')}`}
            </li>
          ))}
        </ul>
      )}
      <div style={{ overflowX: 'auto' }}>
        <table className="gp-table" aria-label="Changes">
          <thead>
            <tr>
              <th scope="col">Place</th>
              <th scope="col">Change</th>
              <th scope="col">Before</th>
              <th scope="col">After</th>
              <th scope="col">Why it matters</th>
            </tr>
          </thead>
          <tbody>
            {changes.map((change) => (
              <tr key={`${change.path} ${change.change}`}>
                <td className="gp-mono" style={{ minWidth: 160 }}>
                  {change.path}
                </td>
                <td style={{ minWidth: 80 }}>{change.change}</td>
                <td className="gp-mono">{sideText(change.before)}</td>
                <td className="gp-mono">{sideText(change.after)}</td>
                <td>
                  {change.breaking && <StatusBadge tone="bad">breaking</StatusBadge>} {change.why}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
