import type { ReactElement } from 'react';
import type { Advice } from '#shared/model/index.ts';
import { CopyButton } from '../../../ui/index.ts';
import classes from './coverage.module.css';

export interface CoverageAdviceProps {
  advice: readonly Advice[];
  nameOf: (scope: string) => string;
}

/** Acts shown; the list of cells has them all. */
const mostActs = 20;
/** Places named before the rest is counted. */
const mostPlaces = 6;

/** What would open the cells that are closed, act by act, each with the policy or command to paste. */
export function CoverageAdvice({ advice, nameOf }: CoverageAdviceProps): ReactElement {
  return (
    <section className={classes.advice} aria-label="What to grant or enable">
      <strong>To see more</strong>
      <ul>
        {advice.slice(0, mostActs).map(({ text, copy, cells, places }) => (
          <li key={`${text} ${copy ?? ''}`}>
            <span>{text}</span>
            {copy !== null && (
              <CopyButton text={copy} label={copy.startsWith('{') ? 'Copy the policy' : 'Copy the command'} />
            )}
            <span className="gp-dimmed">
              {cells === 1 ? '1 cell' : `${cells} cells`}: {placesText(places, nameOf)}
            </span>
          </li>
        ))}
      </ul>
      {advice.length > mostActs && (
        <span className="gp-dimmed">and {advice.length - mostActs} more, which the list of cells names.</span>
      )}
    </section>
  );
}

function placesText(places: Advice['places'], nameOf: (scope: string) => string): string {
  const named = places.slice(0, mostPlaces).map(({ scope, region }) => `${nameOf(scope)} ${region}`);
  const more = places.length - named.length;
  return `${named.join(', ')}${more === 0 ? '' : ` and ${more} more`}`;
}
