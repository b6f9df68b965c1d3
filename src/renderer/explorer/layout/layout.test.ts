import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GraphView, GraphViewNode } from '#shared/model/index.ts';
import { clusterLayout } from './cluster-layout.ts';
import { packCircles } from './pack-circles.ts';
import { relationshipLayout } from './relationship-layout.ts';

function node(id: string, more: Partial<GraphViewNode> = {}): GraphViewNode {
  return {
    id,
    label: id,
    group: false,
    count: 1,
    category: 'subnetwork',
    kind: 'aws.ec2.subnet',
    cloud: 'aws',
    scopeId: 'production',
    region: 'eu-west-1',
    managed: false,
    stale: false,
    isStub: false,
    ...more,
  };
}

const vpcs = node('vpcs', { group: true, count: 4, kind: 'aws.ec2.vpc' });
const subnets = node('subnets', { group: true, count: 9 });
const elsewhere = node('us', { group: true, count: 30, region: 'us-east-1' });
const expanded = Array.from({ length: 9 }, (_, index) => node(`subnet-${index}`));

describe('packing circles', () => {
  it('never lets two overlap, and says how much room they take', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.5, max: 20, noNaN: true }), { minLength: 1, maxLength: 25 }), (radii) => {
        const { centres, radius } = packCircles(radii);
        for (const [one, a] of centres.entries()) {
          expect(Math.hypot(a.x, a.y) + (radii[one] ?? 0)).toBeLessThanOrEqual(radius + 1e-9);
          for (const [other, b] of centres.entries()) {
            if (other <= one) continue;
            const apart = Math.hypot(a.x - b.x, a.y - b.y);
            expect(apart).toBeGreaterThanOrEqual((radii[one] ?? 0) + (radii[other] ?? 0) - 1e-9);
          }
        }
      }),
    );
  });
});

describe('the picture by scope and region', () => {
  it('moves nothing else when a group is expanded', () => {
    const before = clusterLayout([vpcs, subnets, elsewhere]);
    const after = clusterLayout([vpcs, ...expanded, elsewhere]);
    expect(after.places.get('vpcs')).toEqual(before.places.get('vpcs'));
    expect(after.places.get('us')).toEqual(before.places.get('us'));
    expect(after.clusters).toEqual(before.clusters);
  });

  it('puts what was in a group where the group stood', () => {
    const group = clusterLayout([vpcs, subnets, elsewhere]).places.get('subnets');
    const { places } = clusterLayout([vpcs, ...expanded, elsewhere]);
    if (group === undefined) throw new Error('The group has no place.');
    for (const { id } of expanded) {
      const place = places.get(id);
      expect(Math.hypot((place?.x ?? 0) - group.x, (place?.y ?? 0) - group.y)).toBeLessThan(group.radius * 1.2);
    }
  });

  it('gives a region with more resources more room', () => {
    const { clusters } = clusterLayout([vpcs, subnets, elsewhere]);
    const radius = (region: string) => clusters.find((cluster) => cluster.region === region)?.radius ?? 0;
    expect(radius('us-east-1')).toBeGreaterThan(radius('eu-west-1'));
  });
});

describe('the picture by relationships', () => {
  const view: GraphView = {
    nodes: [node('vpc'), node('a'), node('b'), node('far')],
    edges: [
      { from: 'vpc', to: 'a', type: 'CONTAINS', count: 1 },
      { from: 'vpc', to: 'b', type: 'CONTAINS', count: 1 },
      { from: 'vpc', to: 'not drawn', type: 'CONTAINS', count: 1 },
    ],
    hidden: 0,
  };

  it('is the same each time', () => {
    expect([...relationshipLayout(view)]).toEqual([...relationshipLayout(view)]);
  });

  it('keeps what belongs together closer than what does not', () => {
    const places = relationshipLayout(view);
    const distance = (one: string, other: string) => {
      const a = places.get(one);
      const b = places.get(other);
      return Math.hypot((a?.x ?? 0) - (b?.x ?? 0), (a?.y ?? 0) - (b?.y ?? 0));
    };
    expect(distance('vpc', 'a')).toBeLessThan(distance('vpc', 'far'));
  });
});
