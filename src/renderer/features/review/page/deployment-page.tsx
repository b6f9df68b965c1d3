import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, type ReactElement, type RefObject } from 'react';
import { targetWords, type Deployment, type Review } from '#shared/model/index.ts';
import { QueryView, useEngine, useStream } from '../../../rpc/index.ts';
import {
  absoluteText,
  actorText,
  LoadingState,
  PartialNotice,
  RelativeTime,
  Screen,
  StatusBadge,
} from '../../../ui/index.ts';
import { deploymentLook, DeploymentRun, isMoving, RunActions } from '../../deployments/index.ts';
import { pageStage, type PageStage } from '../facts/page-stage.ts';
import { ChecksSection } from './checks-section.tsx';
import { CountsStrip } from './counts-strip.tsx';
import { DecisionBar } from './decision-bar.tsx';
import { InputsSection } from './inputs-section.tsx';
import { OrderSection } from './order-section.tsx';
import { Outcome } from './outcome.tsx';
import { PlanAgain } from './plan-again.tsx';
import { PlanSection } from './plan-section.tsx';
import { RadiusSection } from './radius-section.tsx';
import classes from './review.module.css';

/** One deployment before approval, and after it the live run on the same page. */
export function DeploymentPage({ id }: { id: string }): ReactElement {
  const { api, client } = useEngine();
  const review = useQuery(api.deployments.review.queryOptions({ input: { id } }));
  // A stream ends with its deployment's final state; what is planned again after that opens another one.
  const moving = review.data !== undefined && isMoving(review.data.deployment.state);
  const live = useStream<Deployment, Deployment | null>({
    key: `watch ${id}`,
    initial: null,
    fold: (_before, deployment) => deployment,
    open: moving ? (signal) => client.deployments.watch({ id }, { signal }) : null,
    resume: true,
  });
  return (
    <QueryView query={review} loading="Reading the proposal" failed="The proposal could not be read">
      {(data) => <LoadedPage review={data} live={moving ? (live.value ?? data.deployment) : data.deployment} />}
    </QueryView>
  );
}

function titleOf({ kind, blueprint, version, target }: Deployment): string {
  const place = `${target.region}, ${targetWords[target.cloud].account} ${target.account}`;
  return kind === 'remove' ? `Remove ${blueprint} ${version} from ${place}` : `${blueprint} ${version} → ${place}`;
}

function LoadedPage({ review, live }: { review: Review; live: Deployment }): ReactElement {
  // The stream is ahead of the review while it is read again; what is approved must be what is shown.
  const isCurrent = review.deployment.state === live.state;
  const stage = pageStage(live.state, live.approvedAt !== null);
  const look = deploymentLook(live.state);
  const { target } = live;
  // Without steps there is nothing to count: zeros would look like a plan that does nothing.
  const hasPlan = live.nodes.length > 0;
  const runHeading = useRunHeading(stage);
  const scopes = useQuery(useEngine().api.estate.scopes.queryOptions());
  const account = (scopes.data ?? []).find((scope) => scope.nativeId === target.account)?.name;
  return (
    <Screen
      title={titleOf(live)}
      state={<StatusBadge tone={look.tone}>{look.text}</StatusBadge>}
      actions={<PageActions deployment={live} stage={stage} />}
    >
      <div className={classes.page}>
        <p className={classes.asks}>
          {`Environment ${live.environment}${account === undefined ? '' : ` in ${targetWords[target.cloud].account} ${account}`}, proposed by ${actorText(live.proposedBy)}`}
          {live.reason === '' ? '' : ` for “${live.reason}”`}, <RelativeTime at={live.proposedAt} />
          {live.approvedBy !== null &&
            `; approved by ${actorText(live.approvedBy)}${live.approvedAt === null ? '' : `, ${absoluteText(live.approvedAt)}`}`}
        </p>
        {stage === 'planning' && <PlanningState deployment={live} />}
        {stage === 'run' && (
          <>
            <h2 ref={runHeading} tabIndex={-1} className={classes.runHeading}>
              Run
            </h2>
            <Outcome deployment={live} />
            <DeploymentRun deployment={live} />
          </>
        )}
        {stage !== 'run' &&
          live.problems.map((problem) => (
            <PartialNotice key={`${problem.code} ${problem.node ?? ''} ${problem.message}`}>
              {problem.node !== null && <strong>{`${problem.node}: `}</strong>}
              {problem.message} {problem.advice}
            </PartialNotice>
          ))}
        {stage === 'planning' ? (
          <InputsSection review={review} editable />
        ) : (
          <>
            {hasPlan && <CountsStrip review={review} />}
            {hasPlan && <OrderSection nodes={live.nodes} />}
            <InputsSection review={review} editable={stage === 'deciding'} />
            {hasPlan && <PlanSection id={live.id} nodes={live.nodes} />}
            {hasPlan && <RadiusSection radius={review.radius} />}
            <ChecksSection review={review} undecided={stage === 'deciding'} />
          </>
        )}
      </div>
      {stage === 'deciding' && isCurrent && <DecisionBar key={review.planSetDigest ?? ''} review={review} />}
    </Screen>
  );
}

/** Leads to the run when a decision turns the page into it: what was under the button is now above. */
function useRunHeading(stage: PageStage): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(stage);
  useEffect(() => {
    if (before.current === 'deciding' && stage === 'run') {
      heading.current?.focus({ preventScroll: true });
      heading.current?.scrollIntoView({ block: 'start' });
    }
    before.current = stage;
  }, [stage]);
  return heading;
}

function PageActions({ deployment, stage }: { deployment: Deployment; stage: PageStage }): ReactElement | null {
  switch (stage) {
    case 'run':
    case 'planning':
      return <RunActions deployment={deployment} />;
    case 'closed':
      // What was rejected stays so; anything else may be planned again, for a new approval.
      return deployment.state === 'REJECTED' ? null : <PlanAgain id={deployment.id} />;
    case 'deciding':
      return null;
  }
}

function PlanningState({ deployment }: { deployment: Deployment }): ReactElement {
  const planned = deployment.nodes.filter((node) => node.digest !== null || node.envelope !== null).length;
  const what =
    deployment.state === 'PLANNING' && deployment.nodes.length > 0
      ? `Planning: ${planned} of ${deployment.nodes.length} steps planned`
      : deployment.state === 'PLANNED'
        ? 'Planned; checking policy and radius'
        : 'Resolving versions and inputs';
  return <LoadingState what={what} />;
}
