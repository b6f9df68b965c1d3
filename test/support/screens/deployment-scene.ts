import type { DeploymentsService } from '#engine/ports/index.ts';
import type { EventBus } from '#engine/system/index.ts';
import type { Deployment, Estimate, LogLine, PlanNode, ResourceChange, Review } from '#shared/model/index.ts';
import { noHistory, planNode } from './plan-node.ts';

const measured: Estimate = { p50: 180, p90: 240, samples: 14, unknown: 0 };

function change(address: string, action: ResourceChange['action'] = 'create'): ResourceChange {
  const type = address.split('.')[0] ?? '';
  return {
    address,
    type,
    provider: 'registry.opentofu.org/hashicorp/aws',
    action,
    cloudId: action === 'create' ? null : 'vpc-0a1b2c3d',
    attributes: [
      {
        path: 'cidr_block',
        before: null,
        after: '10.40.0.0/16',
        mark: 'known',
        forcesReplacement: action === 'replace',
      },
      { path: 'arn', before: null, after: null, mark: 'later', forcesReplacement: false },
      { path: 'master_password', before: null, after: null, mark: 'sensitive', forcesReplacement: false },
    ],
  };
}

const step = (id: string, given: Partial<PlanNode>): PlanNode => planNode(id, { estimate: measured, ...given });

/** A proposal of an agent for a new region: one exact step, two that wait for values, one secret to fill in. */
export function regionalReview(given: { readonly destroys?: boolean } = {}): Review {
  const nodes = [
    step('networking', {
      digest: 'sha256:4f2c9d1e0b7a66554433221100ffeeddccbbaa99887766554433221100ffeedd',
      changes: [
        change('aws_vpc.main'),
        change('aws_subnet.private'),
        ...(given.destroys === true ? [change('aws_eip.old', 'delete'), change('aws_vpc.other', 'replace')] : []),
      ],
    }),
    step('data', {
      stage: 2,
      after: ['networking'],
      boundary: 'data',
      state: 'DEFERRED',
      planned: 'deferred',
      envelope: {
        addresses: [{ address: 'aws_db_instance.main', type: 'aws_db_instance', action: 'create' }],
        counts: [{ type: 'aws_db_instance', action: 'create', max: 1 }],
        waitsFor: [{ input: 'subnet_ids', node: 'networking', output: 'private_subnet_ids' }],
      },
    }),
    step('application', {
      stage: 3,
      after: ['networking', 'data'],
      boundary: 'application',
      state: 'DEFERRED',
      planned: 'deferred',
      estimate: noHistory,
      envelope: {
        addresses: [{ address: 'aws_instance.web', type: 'aws_instance', action: 'create' }],
        counts: [{ type: 'aws_instance', action: 'create', max: null }],
        waitsFor: [{ input: 'database_url', node: 'data', output: 'url' }],
      },
    }),
  ];
  const deployment: Deployment = {
    id: 'd-31',
    kind: 'create',
    environment: 'ap',
    blueprint: 'regional-infrastructure',
    version: '2.3.0',
    target: { cloud: 'aws', account: '210987654321', region: 'ap-southeast-1' },
    state: 'AWAITING_APPROVAL',
    proposedBy: { kind: 'agent', name: 'claude' },
    reason: 'expand to Asia-Pacific',
    approvedBy: null,
    proposedAt: Date.now() - 120_000,
    approvedAt: null,
    startedAt: null,
    finishedAt: null,
    estimate: { p50: 720, p90: 960, samples: 14, unknown: 1 },
    nodes,
    problems: [],
  };
  const destroys = given.destroys === true;
  return {
    deployment,
    counts: { create: 4, update: 0, delete: destroys ? 1 : 0, replace: destroys ? 1 : 0, import: 0 },
    inputs: [
      {
        name: 'cidr',
        value: '10.40.0.0/16',
        origin: 'proposer',
        sensitive: false,
        required: true,
        description: 'A free /16',
      },
      { name: 'size', value: 'small', origin: 'default', sensitive: false, required: false, description: '' },
      { name: 'region', value: 'ap-southeast-1', origin: 'target', sensitive: false, required: true, description: '' },
      {
        name: 'db_password',
        value: null,
        origin: 'missing',
        sensitive: true,
        required: true,
        description: 'Of the database',
      },
    ],
    inputPorts: {
      type: 'object',
      properties: {
        cidr: { type: 'string', format: 'cidr' },
        size: { type: 'string', enum: ['small', 'large'], default: 'small' },
        region: { type: 'string' },
        db_password: { type: 'string', 'x-sensitive': true, minLength: 8 },
      },
      required: ['cidr', 'region', 'db_password'],
    },
    radius: {
      hops: 3,
      affected: [],
      notMapped: [{ kind: 'aws.kms.key', region: 'ap-southeast-1', status: 'denied' }],
      mappedAt: Date.now() - 720_000,
    },
    checks: [
      { id: 'policy', title: 'Policy', status: 'passed', detail: '6 rules' },
      { id: 'account', title: 'Account identity', status: 'passed', detail: '210987654321' },
      { id: 'drift', title: 'Drift since the plan', status: 'unknown', detail: 'Looked at again before it runs' },
    ],
    planSetDigest: 'sha256:1111222233334444555566667777888899990000aaaabbbbccccddddeeeeffff',
    envelopeDigest: 'sha256:99990000aaaabbbbccccddddeeeeffff1111222233334444555566667777888f',
    mustType: destroys ? 'ap' : null,
    expiresAt: Date.now() + 3_600_000,
    approvable: false,
    blockers: ['db_password has to be filled in.'],
  };
}

/** With these the engine's stream of a deployment ends. */
const finalStates: ReadonlySet<Deployment['state']> = new Set([
  'NEEDS_OPERATOR',
  'POLICY_BLOCKED',
  'NEEDS_REAPPROVAL',
  'SUCCEEDED',
  'PARTIAL',
  'CANCELLED',
  'REJECTED',
  'EXPIRED',
  'SUPERSEDED',
  'PLAN_FAILED',
]);

export interface DeploymentScene {
  readonly service: Partial<DeploymentsService>;
  readonly calls: { readonly name: string; readonly input: unknown }[];
  review(): Review;
  /** Changes the review as the engine would, and tells the screens. */
  change(edit: (review: Review) => Review): void;
  log(line: Omit<LogLine, 'sequence' | 'at'>): void;
}

/** One deployment that goes the way a real one goes, a step at a time. */
export function createDeploymentScene(events: EventBus, start: Review): DeploymentScene {
  let current = start;
  const calls: { name: string; input: unknown }[] = [];
  const lines: LogLine[] = [];
  const waiting = new Set<() => void>();

  function tell(): void {
    for (const wake of waiting) wake();
    waiting.clear();
    events.changed(['deployments'], current.deployment.id);
  }
  const next = (signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      waiting.add(resolve);
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  function become(edit: (review: Review) => Review): Deployment {
    current = edit(current);
    tell();
    return current.deployment;
  }
  const withState = (given: Partial<Deployment>) => (review: Review) => ({
    ...review,
    deployment: { ...review.deployment, ...given },
  });
  const called = (name: string, input: unknown) => calls.push({ name, input });

  return {
    calls,
    review: () => current,
    change: (edit) => void become(edit),
    log: (line) => {
      lines.push({ ...line, sequence: lines.length + 1, at: Date.now() });
      tell();
    },
    service: {
      list: ({ waiting: onlyWaiting }) =>
        onlyWaiting && current.deployment.state !== 'AWAITING_APPROVAL' ? [] : [current.deployment],
      get: () => current.deployment,
      review: () => current,
      async *watch(_input, { signal }) {
        while (!signal.aborted) {
          yield current.deployment;
          if (finalStates.has(current.deployment.state)) return;
          await next(signal);
        }
      },
      planText: ({ node }) => ({
        text: `# plan of ${node}\n  + resource "aws_vpc" "main" {\n      + arn = (known after apply)\n    }\n`,
      }),
      fillInputs: (input) => {
        called('fillInputs', input);
        return become((review) => ({
          ...review,
          approvable: true,
          blockers: [],
          inputs: review.inputs.map((one) => (one.origin === 'missing' ? { ...one, origin: 'person' as const } : one)),
        }));
      },
      approve: (input) => {
        called('approve', input);
        return become(
          withState({
            state: 'EXECUTING',
            approvedBy: { kind: 'person', name: 'ada' },
            approvedAt: Date.now(),
            startedAt: Date.now(),
          }),
        );
      },
      reject: (input) => {
        called('reject', input);
        return become(withState({ state: 'REJECTED' }));
      },
      replan: (input) => {
        called('replan', input);
        return become(withState({ state: 'PLANNING' }));
      },
      cancel: (input) => {
        called('cancel', input);
        return become(withState({ state: 'CANCELLING' }));
      },
      resume: (input) => {
        called('resume', input);
        return become(withState({ state: 'EXECUTING' }));
      },
      logs: () => ({ lines, more: false }),
      async *followLogs(_input, { signal }) {
        for (let sent = 0; !signal.aborted;) {
          while (sent < lines.length) {
            const line = lines[sent];
            sent += 1;
            if (line !== undefined) yield line;
          }
          await next(signal);
        }
      },
    },
  };
}
