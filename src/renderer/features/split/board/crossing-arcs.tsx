import { memo, useMemo, type ReactElement } from 'react';
import type { SplitProposal } from '#shared/model/index.ts';
import classes from '../split.module.css';

/** Width of a column with the space beside it, in pixels; the stylesheet has the same. */
const step = 252;
const columnWidth = 240;
/** Where arcs may end in a column: not at its very corners. */
const margin = 24;
const height = 72;
const lowest = 22;

interface CrossingArcsProps {
  readonly names: readonly string[];
  readonly crossings: SplitProposal['crossings'];
  /** The part whose crossings are made to stand out; null for none. */
  readonly near: string | null;
}

interface Arc {
  readonly from: string;
  readonly to: string;
  readonly references: number;
  readonly path: string;
  readonly middle: number;
  readonly top: number;
}

/**
 * Where each arc of a part meets its column: side by side in the order of what they lead to, so that many arcs of one
 * part do not end in one point and are not drawn over one another.
 */
function endsOf(
  places: ReadonlyMap<string, number>,
  crossings: SplitProposal['crossings'],
): (part: string, other: string) => number {
  const others = new Map<string, Set<string>>();
  for (const { from, to } of crossings) {
    others.set(from, (others.get(from) ?? new Set()).add(to));
    others.set(to, (others.get(to) ?? new Set()).add(from));
  }
  const ends = new Map<string, number>();
  for (const [part, leadingTo] of others) {
    const sorted = [...leadingTo].sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
    const gap = (columnWidth - 2 * margin) / (sorted.length + 1);
    for (const [rank, other] of sorted.entries())
      ends.set(`${part} ${other}`, (places.get(part) ?? 0) * step + margin + gap * (rank + 1));
  }
  return (part, other) => ends.get(`${part} ${other}`) ?? 0;
}

/** Arcs rise with the logarithm of how far they lead, so that near ones and far ones are told apart in a low band. */
function arcsOf(names: readonly string[], crossings: SplitProposal['crossings']): readonly Arc[] {
  const places = new Map(names.map((name, place) => [name, place] as const));
  const end = endsOf(places, crossings);
  const farthest = Math.log2(1 + Math.max(1, names.length - 1));
  return crossings.map(({ from, to, references }) => {
    const columns = Math.abs((places.get(from) ?? 0) - (places.get(to) ?? 0));
    const rise = names.length <= 2 ? 1 : Math.log2(1 + columns) / farthest;
    const top = height - lowest - (height - lowest - 10) * rise;
    const [start, stop] = [end(from, to), end(to, from)];
    // A cubic curve reaches three quarters of the way to its two middle points.
    const control = height - ((height - top) * 4) / 3;
    const path = `M ${start} ${height} C ${start} ${control}, ${stop} ${control}, ${stop} ${height}`;
    return { from, to, references, path, middle: (start + stop) / 2, top };
  });
}

/** Kept as they are while the pointer goes from part to part: there may be a thousand. */
const Arcs = memo(function Arcs({ arcs, look }: { arcs: readonly Arc[]; look: string | undefined }): ReactElement {
  return (
    <g className={look}>
      {arcs.map(({ from, to, references, path, middle, top }) => (
        <g key={`${from} ${to}`}>
          <path d={path} strokeWidth={Math.min(3, 1 + Math.log2(references) / 2)} />
          <text x={middle} y={top + 4} textAnchor="middle">
            {references}
          </text>
        </g>
      ))}
    </g>
  );
});

/** References between parts as arcs from who refers to what is referred to, with their count. */
export function CrossingArcs({ names, crossings, near }: CrossingArcsProps): ReactElement {
  const arcs = useMemo(() => arcsOf(names, crossings), [names, crossings]);
  const text = useMemo(
    () => crossings.map(({ from, to, references }) => `${from} refers to ${to} ${references} times`).join('; '),
    [crossings],
  );
  return (
    <svg
      className={classes.arcs}
      width={names.length * step}
      height={height}
      role="img"
      aria-label={text === '' ? 'Nothing crosses between parts' : text}
    >
      <Arcs arcs={arcs} look={classes.arc} />
      {near !== null && (
        <Arcs arcs={arcs.filter(({ from, to }) => near === from || near === to)} look={classes.arcNear} />
      )}
    </svg>
  );
}
