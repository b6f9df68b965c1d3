import { describe, expect, it } from 'vitest';
import type { GraphView, GraphViewNode } from '#shared/model/index.ts';
import type { GraphPalette } from './palette.ts';
import { projectGraph } from './projection.ts';

const palette: GraphPalette = {
  scheme: 'light',
  surface: '#fff',
  text: '#000',
  text2: '#555',
  managed: '#111',
  outline: '#222',
  group: '#333',
  faded: '#444',
  edge: '#666',
  edgeStrong: '#777',
  selected: '#888',
  font: 'sans-serif',
};

function node(id: string, more: Partial<GraphViewNode> = {}): GraphViewNode {
  return {
    id,
    label: id,
    group: false,
    count: 1,
    category: 'network',
    kind: 'aws.ec2.vpc',
    cloud: 'aws',
    scopeId: 's',
    region: 'r',
    managed: false,
    stale: false,
    isStub: false,
    ...more,
  };
}

function draw(view: Partial<GraphView>) {
  const full: GraphView = { nodes: [], edges: [], hidden: 0, ...view };
  const places = new Map(full.nodes.map((entry, index) => [entry.id, { x: index, y: 0, radius: 1 }]));
  return projectGraph(full, { places, palette, titled: true });
}

describe('a graph view as it is drawn', () => {
  it('shows managed solid, unmanaged as a ring, stale faded', () => {
    const { nodes } = draw({ nodes: [node('m', { managed: true }), node('u'), node('s', { stale: true })] });
    expect(nodes.map(({ id, attributes }) => [id, attributes.type, attributes.color, attributes.fill])).toEqual([
      ['m', 'disc', '#111', '#111'],
      ['u', 'ring', '#222', '#fff'],
      ['s', 'ring', '#444', '#fff'],
    ]);
  });

  it('says what a colour says in words too', () => {
    const nodes = [
      node('g', { group: true, count: 12 }),
      node('s|r', { group: true, count: 30 }),
      node('x', { isStub: true }),
      node('o', { stale: true }),
    ];
    expect(draw({ nodes }).nodes.map(({ attributes }) => attributes.label)).toEqual([
      'g × 12',
      '',
      'x (not discovered)',
      'o (stale)',
    ]);
  });

  it('draws an edge only between two drawn nodes, thicker for more relationships', () => {
    const { edges } = draw({
      nodes: [node('a'), node('b')],
      edges: [
        { from: 'a', to: 'b', type: 'CONTAINS', count: 1 },
        { from: 'b', to: 'a', type: 'REFERENCES', count: 100 },
        { from: 'a', to: 'elsewhere', type: 'CONTAINS', count: 1 },
        { from: 'a', to: 'a', type: 'ALLOWS', count: 1 },
      ],
    });
    expect(edges.map(({ id, attributes }) => [id, attributes.size, attributes.label])).toEqual([
      ['a CONTAINS b', 0.1, 'CONTAINS'],
      ['b REFERENCES a', expect.closeTo(0.3), 'REFERENCES × 100'],
    ]);
  });
});
