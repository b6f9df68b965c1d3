import type { ReactElement } from 'react';
import type { PlanNode } from '#shared/model/index.ts';
import { SegmentedControl, useRemembered } from '../../../ui/index.ts';
import { countsOf, countsText, estimateText, secondsText, stagesOf, timelineOf } from '../facts/plan-facts.ts';
import classes from './review.module.css';

const views = [
  { value: 'graph', label: 'Graph' },
  { value: 'list', label: 'List' },
  { value: 'timeline', label: 'Timeline' },
];

/** In which order the steps run: as a graph, a list or over time. */
export function OrderSection({ nodes }: { nodes: readonly PlanNode[] }): ReactElement {
  const [view, setView] = useRemembered('review.order', 'graph');
  return (
    <section className={classes.section} aria-label="Order">
      <header>
        <h2>Order</h2>
        <SegmentedControl aria-label="Order as" data={views} value={view} onChange={setView} />
      </header>
      {view === 'list' ? (
        <OrderList nodes={nodes} />
      ) : view === 'timeline' ? (
        <OrderTimeline nodes={nodes} />
      ) : (
        <OrderGraph nodes={nodes} />
      )}
    </section>
  );
}

function OrderGraph({ nodes }: { nodes: readonly PlanNode[] }): ReactElement {
  return (
    <ol className={classes.stages}>
      {stagesOf(nodes).map((members, index) => (
        <li key={members.map((node) => node.id).join(' ')}>
          <div className={classes.stage}>
            {members.map((node) => (
              <div key={node.id} className={classes.step} data-deferred={node.planned === 'deferred'}>
                <strong>{`${index + 1} ${node.id}`}</strong>
                <div className={classes.stepFacts}>
                  <span>{node.boundary}</span>
                  <span>{countsText(countsOf(node))}</span>
                  <span>{node.planned === 'exact' ? 'exact' : 'later'}</span>
                </div>
              </div>
            ))}
          </div>
        </li>
      ))}
    </ol>
  );
}

function OrderList({ nodes }: { nodes: readonly PlanNode[] }): ReactElement {
  return (
    <div className={classes.scroll}>
      <table className="gp-table">
        <thead>
          <tr>
            <th scope="col">Order</th>
            <th scope="col">Step</th>
            <th scope="col">Uses</th>
            <th scope="col">Boundary</th>
            <th scope="col">After</th>
            <th scope="col">Changes</th>
            <th scope="col">Time</th>
          </tr>
        </thead>
        <tbody>
          {stagesOf(nodes).flatMap((members, index) =>
            members.map((node) => (
              <tr key={node.id}>
                <td>{index + 1}</td>
                <td>{node.id}</td>
                <td className="gp-mono">{node.use}</td>
                <td>{node.boundary}</td>
                <td>{node.after.length === 0 ? 'nothing' : node.after.join(', ')}</td>
                <td>{countsText(countsOf(node))}</td>
                <td>{estimateText(node.estimate)}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </div>
  );
}

function OrderTimeline({ nodes }: { nodes: readonly PlanNode[] }): ReactElement {
  const bars = timelineOf(nodes);
  const end = Math.max(1, ...bars.map((bar) => bar.to));
  return (
    <div>
      <div className={classes.timeline}>
        {bars.map(({ node, from, to, measured }) => (
          <div key={node.id} style={{ display: 'contents' }}>
            <span>{node.id}</span>
            <div className={classes.track}>
              <div
                className={classes.bar}
                data-measured={measured}
                style={{ left: `${(from / end) * 100}%`, width: `${((to - from) / end) * 100}%` }}
              />
            </div>
            <span>{measured ? `from ${secondsText(from)} to ${secondsText(to)}` : 'no history yet'}</span>
          </div>
        ))}
      </div>
      {bars.some((bar) => !bar.measured) && (
        <p className="gp-dimmed">Hatched steps were never measured here; their bars show the order only.</p>
      )}
    </div>
  );
}
