import { ChevronDown, ChevronRight } from 'lucide-react';
import {
  memo,
  useCallback,
  useDeferredValue,
  useId,
  useMemo,
  useState,
  type KeyboardEvent,
  type ReactElement,
} from 'react';
import type { EstateFilter, ScopeNode } from '#shared/model/index.ts';
import { useRemembered } from '../../../ui/index.ts';
import classes from '../estate.module.css';
import { useSelectionStore } from '../selection-store.ts';
import { scopeRows, type ScopeRow } from './scope-rows.ts';

export interface ScopeTreeProps {
  scopes: readonly ScopeNode[];
  filter: EstateFilter;
  onFilter: (filter: EstateFilter) => void;
}

/**
 * Organisation, accounts and regions. A click filters; the boxes pick scope × region pairs for a blueprint. It is drawn
 * anew only for what it shows, and only those lines that changed: there may be hundreds.
 */
export const ScopeTree = memo(function ScopeTree({ scopes, filter, onFilter }: ScopeTreeProps): ReactElement {
  const [closedIds, setClosed] = useRemembered<readonly string[]>('estate.tree.closed', []);
  const [active, setActive] = useState(0);
  const treeId = useId();
  const pairs = useSelectionStore((state) => state.pairs);
  const pairToggled = useSelectionStore((state) => state.pairToggled);
  // New counts may come for all lines at once; the page goes on meanwhile.
  const counted = useDeferredValue(scopes);
  const rows = useMemo(() => scopeRows(counted, new Set(closedIds)), [counted, closedIds]);

  const fold = useCallback(
    (row: ScopeRow, open: boolean): void => {
      if (!row.expandable) return;
      setClosed(open ? closedIds.filter((id) => id !== row.id) : [...closedIds, row.id]);
    },
    [closedIds, setClosed],
  );

  const choose = useCallback(
    (row: ScopeRow): void => {
      const same = isChosen(row, filter);
      const scopesWanted = same ? [] : [row.scope.id];
      onFilter({ ...filter, scopes: scopesWanted, regions: same || row.region === null ? [] : [row.region] });
    },
    [filter, onFilter],
  );

  const onClick = useCallback(
    (row: ScopeRow, index: number): void => {
      setActive(index);
      choose(row);
    },
    [choose],
  );

  function onKeyDown(event: KeyboardEvent): void {
    const row = rows[active];
    if (row === undefined) return;
    const move = (to: number) => {
      const next = Math.max(0, Math.min(rows.length - 1, to));
      setActive(next);
      document.getElementById(`${treeId}-${next}`)?.scrollIntoView({ block: 'nearest' });
    };
    if (event.key === 'ArrowDown') move(active + 1);
    else if (event.key === 'ArrowUp') move(active - 1);
    else if (event.key === 'Home') move(0);
    else if (event.key === 'End') move(rows.length - 1);
    else if (event.key === 'ArrowRight') {
      if (row.expandable && !row.expanded) fold(row, true);
      else if (row.expandable) move(active + 1);
    } else if (event.key === 'ArrowLeft') {
      if (row.expanded) fold(row, false);
      else move(rows.findLastIndex((other, index) => index < active && other.depth < row.depth));
    } else if (event.key === 'Enter') choose(row);
    else if (event.key === ' ' && row.region !== null) pairToggled(row.id);
    else return;
    event.preventDefault();
  }

  return (
    <div
      className={classes.treeList}
      role="tree"
      tabIndex={0}
      aria-label="Scopes"
      aria-multiselectable
      aria-activedescendant={`${treeId}-${active}`}
      onKeyDown={onKeyDown}
    >
      {rows.map((row, index) => (
        <TreeRow
          key={row.id}
          {...row}
          domId={`${treeId}-${index}`}
          index={index}
          active={index === active}
          chosen={isChosen(row, filter)}
          checked={pairs.has(row.id)}
          onClick={onClick}
          onFold={fold}
          onTick={pairToggled}
        />
      ))}
    </div>
  );
});

interface TreeRowProps extends ScopeRow {
  readonly domId: string;
  readonly index: number;
  /** Under the keyboard's cursor. */
  readonly active: boolean;
  /** What the filter is narrowed to. */
  readonly chosen: boolean;
  readonly checked: boolean;
  readonly onClick: (row: ScopeRow, index: number) => void;
  readonly onFold: (row: ScopeRow, open: boolean) => void;
  readonly onTick: (pair: string) => void;
}

/** One line; its parts one by one, so that a line made anew with the same content is not drawn anew. */
const TreeRow = memo(function TreeRow(props: TreeRowProps): ReactElement {
  const { domId, index, active, chosen, checked, onClick, onFold, onTick, ...row } = props;
  return (
    <div
      id={domId}
      className={classes.treeRow}
      role="treeitem"
      aria-level={row.depth + 1}
      aria-selected={chosen}
      aria-expanded={row.expandable ? row.expanded : undefined}
      aria-checked={row.region === null ? undefined : checked}
      data-active={active}
      style={{ paddingLeft: 6 + row.depth * 14 }}
      title={`${row.scope.kind} ${row.scope.nativeId}${row.region === null ? '' : `, ${row.region}`}`}
      onClick={() => onClick(row, index)}
    >
      <TreeMark row={row} checked={checked} onFold={onFold} onTick={() => onTick(row.id)} />
      <span className={`${classes.treeLabel} gp-truncate`}>{row.label}</span>
      <span className={classes.treeCount}>{row.resources.toLocaleString('en')}</span>
    </div>
  );
});

function TreeMark(props: {
  row: ScopeRow;
  checked: boolean;
  onFold: (row: ScopeRow, open: boolean) => void;
  onTick: () => void;
}): ReactElement {
  const { row } = props;
  if (row.region !== null) {
    return (
      <input
        type="checkbox"
        tabIndex={-1}
        aria-hidden
        checked={props.checked}
        onClick={(event) => event.stopPropagation()}
        onChange={props.onTick}
      />
    );
  }
  const Icon = row.expanded ? ChevronDown : ChevronRight;
  return (
    <span
      className={classes.twist}
      aria-hidden
      onClick={(event) => {
        event.stopPropagation();
        props.onFold(row, !row.expanded);
      }}
    >
      {row.expandable && <Icon size={14} />}
    </span>
  );
}

function isChosen(row: ScopeRow, filter: EstateFilter): boolean {
  if (filter.scopes.length !== 1 || filter.scopes[0] !== row.scope.id) return false;
  return row.region === null
    ? filter.regions.length === 0
    : filter.regions.length === 1 && filter.regions[0] === row.region;
}
