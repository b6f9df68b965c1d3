import type { ReactElement } from 'react';
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

/** References between parts as arcs from who refers to what is referred to, with their count. */
export function CrossingArcs({ names, crossings, near }: CrossingArcsProps): ReactElement {
  const middleOf = (name: string): number => names.indexOf(name) * step + columnMiddle;
  const arcs = crossings.map(({ from, to, references }) => {
    const [start, end] = [middleOf(from), middleOf(to)];
    const top = Math.max(8, height - 16 - Math.abs(end - start) / 24);
    return { key: `${from} ${to}`, from, to, references, start, end, top, middle: (start + end) / 2 };
  });
  const text = crossings.map(({ from, to, references }) => `${from} refers to ${to} ${references} times`).join('; ');
  return (
    <svg
      className={classes.arcs}
      width={names.length * step}
      height={height}
      role="img"
      aria-label={text === '' ? 'Nothing crosses between parts' : text}
    >
      {arcs.map(({ key, from, to, references, start, end, top, middle }) => (
        <g key={key} className={near === from || near === to ? classes.arcNear : classes.arc}>
          <path
            d={`M ${start} ${height} C ${start} ${top - 12}, ${end} ${top - 12}, ${end} ${height}`}
            strokeWidth={Math.min(5, 1 + Math.log2(references))}
          />
          <text x={middle} y={top + 4} textAnchor="middle">
            {references}
          </text>
        </g>
      ))}
    </svg>
  );
}
