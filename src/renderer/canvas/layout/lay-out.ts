import { Graph, layout } from '@dagrejs/dagre';
import type { BlueprintDocument } from '#shared/model/index.ts';
import { inputsNodeId, outputsNodeId, type Positions } from '../document/canvas-model.ts';
import { nodeIds } from '../projection/node-view.ts';
import { wiresOf } from '../projection/wires.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

const gap = { nodesep: 32, ranksep: 48, marginx: 16, marginy: 16 };

/** A size for nodes that were not drawn yet. */
const assumedSize: Size = { width: 260, height: 160 };

/**
 * Places every node from left to right in the order values flow. Only called when asked for, or for nodes
 * that have no place yet. `sizes` are those drawn, in canvas units.
 */
export function layOut(document: BlueprintDocument, sizes: Readonly<Record<string, Size>>): Positions {
  const graph = new Graph<object, Size & { x?: number; y?: number }, object>();
  graph.setGraph({ rankdir: 'LR', ...gap });
  graph.setDefaultEdgeLabel(() => ({}));
  const ids = nodeIds(document);
  for (const id of ids) graph.setNode(id, { ...(sizes[id] ?? assumedSize) });
  for (const { from, to } of wiresOf(document)) {
    if (graph.hasNode(from.node) && graph.hasNode(to.node)) graph.setEdge(from.node, to.node);
  }
  // Inputs stand left of everything and outputs right of it, wired or not.
  for (const name of Object.keys(document.nodes)) {
    graph.setEdge(inputsNodeId, name);
    graph.setEdge(name, outputsNodeId);
  }
  layout(graph);
  return Object.fromEntries(
    ids.map((id) => {
      const { x = 0, y = 0, width, height } = graph.node(id);
      return [id, { x: Math.round(x - width / 2), y: Math.round(y - height / 2) }];
    }),
  );
}

/** Positions for all nodes: those that have one keep it, new ones stand where the layout puts them beside the rest. */
export function placeMissing(document: BlueprintDocument, positions: Positions): Positions {
  const ids = nodeIds(document);
  const missing = ids.filter((id) => positions[id] === undefined);
  if (missing.length === 0) return positions;
  const laidOut = layOut(document, {});
  const anchor = ids.find((id) => positions[id] !== undefined);
  const from = anchor === undefined ? undefined : laidOut[anchor];
  const to = anchor === undefined ? undefined : positions[anchor];
  const shift = { x: (to?.x ?? 0) - (from?.x ?? 0), y: (to?.y ?? 0) - (from?.y ?? 0) };
  const placed: Record<string, { x: number; y: number }> = {};
  for (const id of missing) {
    const { x = 0, y = 0 } = laidOut[id] ?? {};
    placed[id] = { x: x + shift.x, y: y + shift.y };
  }
  return { ...positions, ...placed };
}
