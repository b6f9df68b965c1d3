import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { Button, Group, PartialNotice, Progress, Stack } from '../../../ui/index.ts';
import { ProblemList } from '../problem-list.tsx';
import type { ImportProgress } from './run-import.ts';

function outcomeOf({ imported, updated, state, done, total }: ImportProgress): string {
  if (state === 'cancelled') return `Cancelled after ${done} of ${total}: what is listed here was imported.`;
  const fresh = imported.length - updated.length;
  const parts = [
    ...(fresh > 0 ? [`${fresh} imported`] : []),
    ...(updated.length > 0 ? [`${updated.length} updated`] : []),
  ];
  return parts.length === 0 ? 'Nothing was imported.' : `${parts.join(', ')}.`;
}

/** How far the import is, and in the end what came of it. */
export function ImportResult(props: {
  progress: ImportProgress;
  onCancel: () => void;
  onMore: () => void;
  onClose: () => void;
}): ReactElement {
  const { progress } = props;
  const { current, done, total, imported, problems, failed, state } = progress;
  return (
    <Stack>
      {state === 'running' ? (
        <div role="status">
          <Group justify="space-between" wrap="nowrap">
            <span>{`Importing ${current ?? ''}… ${done} of ${total}`}</span>
            <Button variant="default" size="xs" onClick={props.onCancel}>
              Cancel
            </Button>
          </Group>
          <Progress mt={6} aria-label="Pieces imported" value={(done / total) * 100} />
        </div>
      ) : (
        <p style={{ margin: 0 }} role="status">
          {outcomeOf(progress)}
        </p>
      )}
      {imported.length > 0 && (
        <ul aria-label="Imported" style={{ margin: 0 }}>
          {imported.map(({ name, version, boundary }) => (
            <li key={name}>
              <Link to="/artifacts/$name" params={{ name }} onClick={props.onClose}>
                {name}
              </Link>
              {` ${version} · ${boundary}`}
            </li>
          ))}
        </ul>
      )}
      {failed.length > 0 && <PartialNotice>{`Not imported: ${failed.join(', ')}.`}</PartialNotice>}
      {problems.length > 0 && <ProblemList problems={problems} label="Problems of the import" />}
      {state !== 'running' && (
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onMore}>
            Import more
          </Button>
          <Button onClick={props.onClose}>Close</Button>
        </Group>
      )}
    </Stack>
  );
}
