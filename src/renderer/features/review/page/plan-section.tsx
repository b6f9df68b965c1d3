import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { AttributeChange, Envelope, PlanNode, ResourceChange } from '#shared/model/index.ts';
import { QueryView, useEngine } from '../../../rpc/index.ts';
import { Accordion, ActionSign, Button, CodeBlock, ShortId } from '../../../ui/index.ts';
import { changesInOrder, countsOf, stagesOf } from '../facts/plan-facts.ts';
import classes from './review.module.css';

/** The plan of every step to open: exact where its inputs are known, an envelope where they come later. */
export function PlanSection({ id, nodes }: { id: string; nodes: readonly PlanNode[] }): ReactElement {
  return (
    <section className={classes.section} aria-label="Plan">
      <header>
        <h2>Plan</h2>
        <span className="gp-dimmed">
          Known values are exact; “later” is computed while it runs; “sensitive” is hidden here.
        </span>
      </header>
      <Accordion multiple variant="contained" chevronPosition="left">
        {stagesOf(nodes).flatMap((members, stage) =>
          members.map((node) => (
            <Accordion.Item key={node.id} value={node.id}>
              <Accordion.Control>
                <span className={classes.stepFacts}>
                  <strong>{`${stage + 1} ${node.id}`}</strong>
                  <span>{node.use}</span>
                  <span>{node.planned === 'exact' ? 'exact' : 'later, under an envelope'}</span>
                  {countsOf(node).map(({ action, count, atMost }) => (
                    <span key={action}>
                      {count !== null && atMost ? 'up to ' : ''}
                      {count === null ? <ActionSign action={action} /> : <ActionSign action={action} count={count} />}
                      {count === null && ' as many as later values say'}
                    </span>
                  ))}
                </span>
              </Accordion.Control>
              <Accordion.Panel>
                <StepPlan id={id} node={node} />
              </Accordion.Panel>
            </Accordion.Item>
          )),
        )}
      </Accordion>
    </section>
  );
}

function StepPlan({ id, node }: { id: string; node: PlanNode }): ReactElement {
  const [withText, setWithText] = useState(false);
  const isExact = node.planned === 'exact' || node.envelope === null;
  return (
    <div className={classes.section}>
      {node.digest !== null && (
        <span>
          Digest <ShortId id={node.digest} />
        </span>
      )}
      {node.problem !== null && (
        <p role="alert">
          {node.problem.message} {node.problem.advice}
        </p>
      )}
      {isExact ? (
        <Changes changes={node.changes} />
      ) : (
        node.envelope !== null && <EnvelopeFacts envelope={node.envelope} />
      )}
      {isExact && (
        <div>
          <Button variant="default" aria-expanded={withText} onClick={() => setWithText(!withText)}>
            {withText ? `Hide the exact plan of ${node.id}` : `Show the exact plan of ${node.id}`}
          </Button>
        </div>
      )}
      {withText && <PlanText id={id} node={node.id} />}
    </div>
  );
}

function PlanText({ id, node }: { id: string; node: string }): ReactElement {
  const { api } = useEngine();
  const text = useQuery(api.deployments.planText.queryOptions({ input: { id, node } }));
  return (
    <QueryView query={text} loading={`Reading the plan of ${node}`} failed={`The plan of ${node} could not be read`}>
      {(plan) => <CodeBlock text={plan.text} label={`Plan of ${node}`} maxHeight={480} />}
    </QueryView>
  );
}

function Changes({ changes }: { changes: readonly ResourceChange[] }): ReactElement {
  if (changes.length === 0) return <p className="gp-dimmed">Nothing changes in this step.</p>;
  return (
    <div>
      {changesInOrder(changes).map((change) => (
        <details
          key={`${change.address} ${change.action}`}
          className={classes.change}
          data-first={change.action === 'delete' || change.action === 'replace'}
        >
          <summary>
            <ActionSign action={change.action} />
            <span className="gp-mono">{change.address}</span>
            {change.cloudId !== null && <span className="gp-dimmed">{change.cloudId}</span>}
          </summary>
          <Attributes attributes={change.attributes} withBefore={change.action !== 'create'} />
        </details>
      ))}
    </div>
  );
}

function Attributes(props: { attributes: readonly AttributeChange[]; withBefore: boolean }): ReactElement {
  const { attributes, withBefore } = props;
  if (attributes.length === 0) return <p className="gp-dimmed">No attributes are listed.</p>;
  return (
    <div className={classes.scroll}>
      <table className="gp-table">
        <thead>
          <tr>
            <th scope="col">Attribute</th>
            {withBefore && <th scope="col">Now</th>}
            <th scope="col">Afterwards</th>
            <th scope="col">Mark</th>
          </tr>
        </thead>
        <tbody>
          {attributes.map((attribute) => (
            <tr key={attribute.path}>
              <td className="gp-mono">{attribute.path}</td>
              {withBefore && <td className={classes.value}>{sideText(attribute, attribute.before)}</td>}
              <td className={classes.value}>
                {attribute.mark === 'later' ? (
                  <span className={classes.later}>
                    <span>computed while it runs</span>
                  </span>
                ) : (
                  sideText(attribute, attribute.after)
                )}
              </td>
              <td>
                {attribute.mark}
                {attribute.forcesReplacement && ', forces replacement'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function sideText(attribute: AttributeChange, value: AttributeChange['before']): string {
  if (attribute.mark === 'sensitive') return 'hidden';
  if (value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 1);
}

function EnvelopeFacts({ envelope }: { envelope: Envelope }): ReactElement {
  const { waitsFor, addresses, counts } = envelope;
  return (
    <div className={classes.section}>
      <p>
        {`It waits for ${waitsFor.length === 1 ? '1 value' : `${waitsFor.length} values`} and is planned for real once they exist. It runs only if that plan stays within this envelope; anything else, and every destroy or replace not listed here, needs a new approval.`}
      </p>
      {waitsFor.length > 0 && (
        <ul className={classes.list} aria-label="Values it waits for">
          {waitsFor.map(({ input, node, output }) => (
            <li key={`${input} ${node} ${output}`}>
              <span className="gp-mono">{input}</span>
              <span>from</span>
              <span className="gp-mono">{`${node}.${output}`}</span>
            </li>
          ))}
        </ul>
      )}
      {addresses.length + counts.length > 0 && (
        <div className={classes.scroll}>
          <table className="gp-table">
            <thead>
              <tr>
                <th scope="col">Action</th>
                <th scope="col">Address</th>
                <th scope="col">Type</th>
                <th scope="col">Of this type</th>
              </tr>
            </thead>
            <tbody>
              {addresses.map(({ address, type, action }) => (
                <tr key={`${action} ${address}`}>
                  <td>
                    <ActionSign action={action} />
                  </td>
                  <td className="gp-mono">{address}</td>
                  <td className="gp-mono">{type}</td>
                  <td>{boundText(counts.find((count) => count.type === type && count.action === action))}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}

function boundText(count: Envelope['counts'][number] | undefined): string {
  if (count === undefined) return '';
  return count.max === null ? 'as many as later values say' : `up to ${count.max}`;
}
