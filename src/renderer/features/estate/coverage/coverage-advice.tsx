import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { Advice, CoverageFilter, CoverageGroup } from '#shared/model/index.ts';
import { errorOf, useEngine } from '../../../rpc/index.ts';
import { Chip, CopyButton, FailedState, Group } from '../../../ui/index.ts';
import classes from './coverage.module.css';

export interface CoverageAdviceProps {
  filter: CoverageFilter;
  nameOf: (scope: string) => string;
  onFilter: (filter: CoverageFilter) => void;
}

/** Acts and permissions shown; the filter leads to the others. */
const most = 20;
/** Places named before the rest is counted. */
const mostPlaces = 6;

/**
 * What would open the cells that are closed: each missing permission once, to look at its cells alone, and act by act
 * with the policy or command to paste.
 */
export function CoverageAdvice({ filter, nameOf, onFilter }: CoverageAdviceProps): ReactElement | null {
  const { api } = useEngine();
  // What is not enabled can be opened too, though it is not incomplete.
  const input = { filter: { ...filter, onlyIncomplete: false }, limit: most };
  const acts = useQuery(api.coverage.advice.queryOptions({ input, placeholderData: keepPreviousData }));
  const missing = useQuery(
    api.coverage.groups.queryOptions({
      input: { filter: { ...filter, permissions: [] }, by: 'permission', limit: most },
      placeholderData: keepPreviousData,
    }),
  );
  const failed = acts.error ?? missing.error;
  if (failed !== null) {
    const retry = () => void Promise.all([acts.refetch(), missing.refetch()]);
    return <FailedState title="What opens it could not be read" error={errorOf(failed)} onRetry={retry} />;
  }
  if (acts.data === undefined || missing.data === undefined) return null;
  const { total, rows } = acts.data;
  if (total === 0) return null;
  return (
    <section className={classes.advice} aria-label="What to grant or enable">
      <strong>To see more</strong>
      {missing.data.total > 1 && <Permissions groups={missing.data} filter={filter} onFilter={onFilter} />}
      <ul>
        {rows.map(({ text, copy, cells, places }) => (
          <li key={`${text} ${copy ?? ''}`}>
            <span>{text}</span>
            {copy !== null && (
              <CopyButton text={copy} label={copy.startsWith('{') ? 'Copy the policy' : 'Copy the command'} />
            )}
            <span className="gp-dimmed">
              {cellsText(cells)}: {placesText(places, nameOf)}
            </span>
          </li>
        ))}
      </ul>
      {total > rows.length && (
        <span className="gp-dimmed">
          and {(total - rows.length).toLocaleString('en')} more, which the list of cells names.
        </span>
      )}
    </section>
  );
}

interface PermissionsProps extends Pick<CoverageAdviceProps, 'filter' | 'onFilter'> {
  groups: { readonly total: number; readonly rows: readonly CoverageGroup[] };
}

/** Every missing permission once, over all accounts. */
function Permissions({ groups: { total, rows }, filter, onFilter }: PermissionsProps): ReactElement {
  return (
    <Chip.Group multiple value={filter.permissions} onChange={(permissions) => onFilter({ ...filter, permissions })}>
      <Group gap={8} mt={4} role="group" aria-label="Missing permissions">
        {rows.map(({ value, cells }) => (
          <Chip key={value} size="xs" value={value}>
            {value}: {cellsText(cells)}
          </Chip>
        ))}
        {total > rows.length && (
          <span className="gp-dimmed">and {(total - rows.length).toLocaleString('en')} more</span>
        )}
      </Group>
    </Chip.Group>
  );
}

function cellsText(cells: number): string {
  return cells === 1 ? '1 cell' : `${cells.toLocaleString('en')} cells`;
}

function placesText(places: Advice['places'], nameOf: (scope: string) => string): string {
  const named = places.slice(0, mostPlaces).map(({ scope, region }) => `${nameOf(scope)} ${region}`);
  const more = places.length - named.length;
  return `${named.join(', ')}${more === 0 ? '' : ` and ${more.toLocaleString('en')} more`}`;
}
