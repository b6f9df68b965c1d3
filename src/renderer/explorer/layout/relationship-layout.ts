import { UndirectedGraph } from 'graphology';
import forceAtlas2 from 'graphology-layout-forceatlas2';
import type { GraphView } from '#shared/model/index.ts';
import type { Placed } from './cluster-layout.ts';
import { discPoints } from './pack-circles.ts';

/** How many steps fit a pause that nobody notices, by the number of nodes. */
function stepsFor(nodes: number): number {
  if (nodes <= 400) return 240;
  return nodes <= 1500 ? 120 : 60;
}

/** Places nodes by what they are related to (ForceAtlas2 from a fixed start, so the same picture each time). */
export function relationshipLayout(view: GraphView): ReadonlyMap<string, Placed> {
  const graph = new UndirectedGraph();
  const starts = discPoints(view.nodes.length, 6);
  for (const [index, node] of view.nodes.entries()) {
    const radius = node.group ? 1 + Math.sqrt(node.count) * 0.6 : 1;
    graph.mergeNode(node.id, { ...(starts[index] ?? { x: 0, y: 0 }), size: radius });
  }
  for (const edge of view.edges) {
    if (edge.from !== edge.to && graph.hasNode(edge.from) && graph.hasNode(edge.to))
      graph.mergeEdge(edge.from, edge.to);
  }
  if (graph.order > 1) {
    forceAtlas2.assign(graph, {
      iterations: stepsFor(graph.order),
      settings: {
        ...forceAtlas2.inferSettings(graph),
        adjustSizes: true,
        gravity: 1,
        scalingRatio: 12,
        barnesHutOptimize: graph.order > 600,
      },
    });
  }
  const places = new Map<string, Placed>();
  graph.forEachNode((id, attributes) => {
    places.set(id, { x: Number(attributes['x']), y: Number(attributes['y']), radius: Number(attributes['size']) });
  });
  return places;
}
