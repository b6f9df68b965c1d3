import type { ReactElement } from 'react';
import type { BlastRadius } from '#shared/model/index.ts';
import { PartialNotice, RelativeTime, ShortId } from '../../../ui/index.ts';
import classes from './review.module.css';

/** What else is reached from what the plan touches, and what could not be looked at. */
export function RadiusSection({ radius }: { radius: BlastRadius }): ReactElement {
  const { affected, notMapped, hops, mappedAt } = radius;
  const count = `${affected.length} existing ${affected.length === 1 ? 'resource' : 'resources'} affected`;
  return (
    <section className={classes.section} aria-label="Radius">
      <header>
        <h2>Radius</h2>
        <span>
          {`${count}, looked ${hops} hops far`}
          {mappedAt === null ? ', nothing was mapped yet' : ', mapped '}
          {mappedAt !== null && <RelativeTime at={mappedAt} />}
        </span>
      </header>
      {notMapped.length > 0 && (
        <PartialNotice>
          {`${notMapped.length} kinds could not be looked at: ${notMapped
            .map(({ kind, region, status }) => `${kind} in ${region} (${status})`)
            .join(', ')}.`}
        </PartialNotice>
      )}
      {affected.length > 0 && (
        <div className={classes.scroll}>
          <table className="gp-table">
            <thead>
              <tr>
                <th scope="col">Resource</th>
                <th scope="col">Kind</th>
                <th scope="col">Managed by</th>
                <th scope="col">Hops</th>
                <th scope="col">Why</th>
              </tr>
            </thead>
            <tbody>
              {affected.map((resource) => (
                <tr key={resource.id}>
                  <td>
                    {resource.name} <ShortId id={resource.id} />
                  </td>
                  <td className="gp-mono">{resource.kind}</td>
                  <td>{resource.managedBy ?? 'nobody'}</td>
                  <td>{resource.hops}</td>
                  <td>
                    {resource.because} <span className="gp-dimmed">{resource.path.join(' → ')}</span>
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
