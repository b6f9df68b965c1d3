import { describe, expect, it } from 'vitest';
import type { DeploymentState, DriftItem } from '#shared/model/index.ts';
import type { CheckOutcome } from '../check/check-environment.ts';
import type { DeployedNode } from '../deps.ts';
import { subjectOf, type Decision } from './decision.ts';
import { mergeReport, shownReport } from './merge.ts';
import type { StoredReport } from './report-store.ts';

const item: DriftItem = {
  id: 'i1',
  environment: 'us',
  node: 'network',
  address: 'aws_security_group.web',
  type: 'aws_security_group',
  cloudId: 'sg-1',
  resourceId: null,
  change: 'changed',
  side: 'reality',
  attributes: [{ path: 'ingress', expected: [], actual: [{ from_port: 22 }], sensitive: false }],
  decision: null,
};
const found = (...items: DriftItem[]): CheckOutcome => ({
  items: items.map((one) => ({ item: one, arn: null, revertible: true })),
  failures: [],
  unread: [],
});
const nodes = (deployedAt: number) => [{ id: 'network', deployedAt } as DeployedNode];

function decided(decision: Partial<Decision>): StoredReport {
  const full: Decision = { action: 'ignore', by: 'ada', at: 100, reason: '', until: null, result: null, ...decision };
  return {
    format: 1,
    environment: 'us',
    checkedAt: 50,
    items: [item],
    notRevertible: [],
    failures: [],
    decisions: { i1: { node: 'network', subject: subjectOf(item), decision: full } },
  };
}

async function after(
  previous: StoredReport,
  outcome: CheckOutcome,
  now: { at?: number; deployedAt?: number; state?: DeploymentState | null } = {},
) {
  const stateOf = () => Promise.resolve(now.state ?? null);
  const at = now.at ?? 200;
  const merged = await mergeReport(previous, outcome, {
    environment: 'us',
    at,
    nodes: nodes(now.deployedAt ?? 0),
    stateOf,
  });
  return { merged, shown: await shownReport(merged, { at, stateOf }) };
}

describe('a new report after an older one', () => {
  it('keeps an ignore rule while it holds for what is seen', async () => {
    expect((await after(decided({}), found(item))).shown).toMatchObject({
      status: 'none',
      items: [{ decision: { action: 'ignore' } }],
    });
    expect((await after(decided({ until: 150 }), found(item))).shown).toMatchObject({ status: 'drifted' });
    const more = {
      ...item,
      attributes: item.attributes.map((one) => ({ ...one, actual: [{ from_port: 22 }, { from_port: 3389 }] })),
    };
    expect((await after(decided({}), found(more))).shown).toMatchObject({
      status: 'drifted',
      items: [{ decision: null }],
    });
  });

  it('opens a revert again when its deployment ended and the difference is still there', async () => {
    const previous = decided({ action: 'revert', result: 'd1' });
    const decisionAfter = async (state: DeploymentState) =>
      (await after(previous, found(item), { state })).shown.items[0]?.decision;
    expect(await decisionAfter('AWAITING_APPROVAL')).not.toBeNull();
    expect(await decisionAfter('EXECUTING')).not.toBeNull();
    expect(await decisionAfter('SUCCEEDED')).toBeNull();
    expect(await decisionAfter('REJECTED')).toBeNull();
  });

  it('opens an accepted difference again when it outlives the next deployment', async () => {
    const previous = decided({ action: 'accept', result: 'shop@1.0.1' });
    expect((await after(previous, found(item), { deployedAt: 90 })).shown.items[0]?.decision).not.toBeNull();
    expect((await after(previous, found(item), { deployedAt: 190 })).shown.items[0]?.decision).toBeNull();
  });

  it('forgets a decision with its difference, but not for a step that could not be read', async () => {
    expect((await after(decided({}), found())).merged.decisions).toEqual({});
    const unread = { items: [], failures: [{ node: 'network', message: 'denied' }], unread: ['network'] };
    const { merged, shown } = await after(decided({}), unread);
    expect(Object.keys(merged.decisions)).toEqual(['i1']);
    expect(shown).toMatchObject({ status: 'failed', items: [] });
  });
});
