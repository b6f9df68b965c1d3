import { describe, expect, it } from 'vitest';
import { estimateDeployment, estimateStep, quantile, type EstimatedStep, type History } from './estimate.ts';
import { makespan } from './schedule.ts';
import { planSetDigest, type PlannedStepDigest } from './digests.ts';
import { canonicalJson } from './canonical.ts';
import { policyChecks } from './policy.ts';

const history: History = ({ type }) => ({ aws_vpc: [1, 2, 3], aws_lb: [60, 70, 120], step: [1, 1, 1] })[type] ?? [];

function step(id: string, types: readonly string[], after: readonly string[] = []): EstimatedStep {
  const changes = types.map((type, index) => ({ address: `${type}.x${index}`, type, action: 'create' as const }));
  return { id, after, changes, order: {}, providerVersion: null };
}

describe('time', () => {
  it('is the critical path under the limit of what runs side by side', () => {
    const task = (id: string, seconds: number, after: readonly string[] = []) => ({ id, seconds, after });
    expect(makespan([task('a', 3), task('b', 5), task('c', 4, ['a'])], 4)).toBe(7);
    expect(makespan([task('a', 3), task('b', 3), task('c', 3)], 2)).toBe(6);
    expect(makespan([task('a', 3, ['somewhere else'])], 1)).toBe(3);
    expect(makespan([], 1)).toBe(0);
  });

  it('comes from what was measured here, or is not told', () => {
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2);
    expect(quantile([1, 2, 3, 4], 0.9)).toBe(4);
    expect(estimateStep(step('a', ['aws_vpc']), history)).toEqual({ p50: 3, p90: 4, samples: 3, unknown: 0 });
    expect(estimateStep(step('a', ['aws_eip']), history)).toEqual({ p50: null, p90: null, samples: 0, unknown: 1 });
    expect(estimateStep(step('a', ['aws_vpc', 'aws_eip']), history)).toMatchObject({ p50: 3, unknown: 1 });
    expect(estimateStep(step('a', []), history)).toEqual({ p50: 0, p90: 0, samples: 0, unknown: 0 });
  });

  it('adds up along the steps that wait for each other', () => {
    const withEstimate = (one: EstimatedStep) => ({ ...one, estimate: estimateStep(one, history) });
    const steps = [step('net', ['aws_vpc']), step('app', ['aws_lb'], ['net']), step('aside', ['aws_vpc'])];
    expect(estimateDeployment(steps.map(withEstimate), { history, parallelSteps: 4 })).toEqual({
      p50: 74,
      p90: 125,
      samples: 9,
      unknown: 0,
    });
    expect(estimateDeployment([withEstimate(step('a', ['aws_eip']))], { history, parallelSteps: 4 }).p50).toBeNull();
  });
});

describe('digests', () => {
  const one: PlannedStepDigest = {
    step: 'a',
    artifact: 'sha256:1',
    planFile: 'sha256:2',
    changes: 'sha256:3',
    wiring: 'sha256:4',
    state: { lineage: 'l', serial: 1 },
  };
  const two = { ...one, step: 'b' };

  it('do not depend on order, and change with every part', () => {
    const digest = planSetDigest([one, two], 'sha256:t');
    expect(planSetDigest([two, one], 'sha256:t')).toBe(digest);
    const others = [
      planSetDigest([one], 'sha256:t'),
      planSetDigest([one, two], 'sha256:u'),
      planSetDigest([{ ...one, planFile: 'sha256:9' }, two], 'sha256:t'),
      planSetDigest([{ ...one, wiring: 'sha256:9' }, two], 'sha256:t'),
      planSetDigest([{ ...one, state: { lineage: 'l', serial: 2 } }, two], 'sha256:t'),
      planSetDigest([{ ...one, state: null }, two], 'sha256:t'),
    ];
    expect(new Set([digest, ...others]).size).toBe(7);
  });

  it('rest on a canonical form', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: true })).toBe('{"a":true,"b":[1,{"c":"x","d":null}]}');
  });
});

describe('policy', () => {
  it('blocks what would take a protected address away, by pattern, in its environment only', () => {
    const changes = [
      {
        address: 'aws_db_instance.main',
        type: 'aws_db_instance',
        provider: '',
        action: 'replace' as const,
        cloudId: null,
        attributes: [],
      },
    ];
    const rule = { environment: 'prod-*', address: 'data/aws_db_instance.*', reason: 'orders' };
    const statusIn = (environment: string) =>
      policyChecks({ environment, steps: [{ id: 'data', changes }], protected: [rule] })[0]?.status;
    expect([statusIn('prod-eu'), statusIn('test')]).toEqual(['failed', 'passed']);
  });
});
