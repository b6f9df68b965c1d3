import { describe, expect, it } from 'vitest';
import { noHistory, planNode as node } from '#test/support/screens/plan-node.ts';
import type { Deployment, PlanNode } from '#shared/model/index.ts';
import {
  approveText,
  changesInOrder,
  countsOf,
  countsText,
  estimateText,
  outcomeSentences,
  timelineOf,
} from './plan-facts.ts';

function deployment(nodes: PlanNode[]): Deployment {
  return {
    id: 'd1',
    kind: 'create',
    environment: 'production',
    blueprint: 'regional-infrastructure',
    version: '2.3.0',
    target: { cloud: 'aws', account: '210987654321', region: 'ap-southeast-1' },
    state: 'PARTIAL',
    proposedBy: { kind: 'agent', name: 'claude' },
    reason: '',
    approvedBy: null,
    proposedAt: 0,
    approvedAt: null,
    startedAt: null,
    finishedAt: null,
    estimate: noHistory,
    nodes,
    problems: [],
  };
}

const change = (address: string, action: PlanNode['changes'][number]['action']) => ({
  address,
  type: 'aws_vpc',
  provider: 'aws',
  action,
  cloudId: null,
  attributes: [],
});
const none = { create: 0, update: 0, delete: 0, replace: 0, import: 0 };

describe('the button of approval', () => {
  it('says what it will do and where', () => {
    const at = { deployment: deployment([]) };
    expect(approveText({ ...at, counts: { ...none, create: 31 } })).toBe(
      'Create 31 resources in production / ap-southeast-1',
    );
    expect(approveText({ ...at, counts: { ...none, create: 1 } })).toMatch(/^Create 1 resource in/);
    expect(approveText({ ...at, counts: { create: 3, update: 2, delete: 1, replace: 0, import: 0 } })).toBe(
      'Destroy 1, change 2 and create 3 resources in production / ap-southeast-1',
    );
    expect(approveText({ ...at, counts: none })).toBe('Approve without changes in production / ap-southeast-1');
  });

  it('does not promise changes that an envelope only allows', () => {
    const envelope = {
      addresses: [{ address: 'a', type: 'aws_subnet', action: 'update' as const }],
      counts: [{ type: 'aws_subnet', action: 'update' as const, max: 6 }],
      waitsFor: [],
    };
    const waiting = node('data', { planned: 'deferred', state: 'DEFERRED', envelope });
    const counts = { ...none, create: 1, update: 7 };
    expect(approveText({ deployment: deployment([waiting]), counts })).toBe(
      'Change up to 7 and create 1 resources in production / ap-southeast-1',
    );
    expect(approveText({ deployment: deployment([{ ...waiting, state: 'DONE' }]), counts })).toMatch(/^Change 7 and/);
  });
});

describe('a plan', () => {
  it('shows what it destroys first', () => {
    const changes = [change('a', 'create'), change('b', 'update'), change('c', 'delete'), change('d', 'replace')];
    expect(changesInOrder(changes).map(({ address }) => address)).toEqual(['c', 'd', 'b', 'a']);
  });

  it('counts a deferred step by its envelope and says so', () => {
    const deferred = node('data', {
      planned: 'deferred',
      envelope: {
        addresses: [{ address: 'a', type: 'aws_subnet', action: 'create' }],
        counts: [
          { type: 'aws_subnet', action: 'create', max: 2 },
          { type: 'aws_eip', action: 'create', max: 1 },
          { type: 'aws_instance', action: 'update', max: null },
        ],
        waitsFor: [],
      },
      changes: [change('a', 'create')],
    });
    expect(countsText(countsOf(deferred))).toBe('change as many as later values say, create up to 3');
    expect(countsText(countsOf(node('x', { changes: [change('a', 'no-op')] })))).toBe('no changes');
  });

  it('estimates from history only', () => {
    expect(estimateText({ p50: 720, p90: 960, samples: 14, unknown: 0 })).toBe(
      'about 12 min (p90 16 min), 14 earlier measurements',
    );
    expect(estimateText({ ...noHistory, unknown: 3 })).toBe('no history yet, 3 changes never measured here');
  });

  it('places steps after those they wait for', () => {
    const measured = { ...noHistory, p50: 60 };
    const bars = timelineOf([
      node('network', { estimate: measured }),
      node('data', { stage: 2, after: ['network'], estimate: { ...noHistory, p50: 600 } }),
      node('logs', { stage: 2 }),
      node('application', { stage: 3, after: ['network', 'data'] }),
    ]);
    expect(bars.map(({ node: { id }, from, to, measured: known }) => `${id} ${from}-${to} ${known}`)).toEqual([
      'network 0-60 true',
      'data 60-660 true',
      'logs 0-30 false',
      'application 660-690 false',
    ]);
  });
});

it('tells the plain truth about a half-done apply', () => {
  const problem = {
    severity: 'error',
    code: 'tool-failed',
    message: 'The subnet is full.',
    advice: null,
    file: null,
    line: null,
    column: null,
    field: null,
    node: 'data',
  } as const;
  expect(
    outcomeSentences(
      deployment([
        node('network', { state: 'DONE' }),
        node('data', { state: 'FAILED', problem }),
        node('application', { state: 'SKIPPED_UPSTREAM' }),
      ]),
    ),
  ).toEqual([
    '1 of 3 steps done: network.',
    'data failed: The subnet is full. Part of it may exist.',
    'Never begun: application.',
  ]);
});
