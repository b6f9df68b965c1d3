import { memo, useMemo, type ReactElement } from 'react';
import type { SplitProposal } from '#shared/model/index.ts';
import classes from '../split.module.css';

/** Width of a column with the space beside it, in pixels; the stylesheet has the same. */
const step = 252;
const columnMiddle = 120;
const height = 64;

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

function arcsOf(names: readonly string[], crossings: SplitProposal['crossings']): readonly Arc[] {
  const places = new Map(names.map((name, place) => [name, place * step + columnMiddle] as const));
  return crossings.map(({ from, to, references }) => {
    const [start = 0, end = 0] = [places.get(from), places.get(to)];
    const top = Math.max(8, height - 16 - Math.abs(end - start) / 24);
    const path = `M ${start} ${height} C ${start} ${top - 12}, ${end} ${top - 12}, ${end} ${height}`;
    return { from, to, references, path, middle: (start + end) / 2, top };
  });
}

/** Kept as they are while the pointer goes from part to part: there may be a thousand. */
const Arcs = memo(function Arcs({ arcs, look }: { arcs: readonly Arc[]; look: string | undefined }): ReactElement {
  return (
    <g className={look}>
      {arcs.map(({ from, to, references, path, middle, top }) => (
        <g key={`${from} ${to}`}>
          <path d={path} strokeWidth={Math.min(5, 1 + Math.log2(references))} />
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
