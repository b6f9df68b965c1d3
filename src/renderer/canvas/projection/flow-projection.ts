import type { Edge, Node } from '@xyflow/react';
import { isInterfaceNode } from '../document/canvas-model.ts';
import type { CanvasState } from '../store/canvas-state.ts';
import { nodeIds, nodeView } from './node-view.ts';
import { visiblePorts } from './visible-ports.ts';
import { wiresOf, type Wire } from './wires.ts';

/** A node holds nothing but its id: each one reads what it shows from the store itself. */
export type FlowNode = Node<Record<string, never>, 'block'>;
export type FlowEdge = Edge<{ wire: Wire }>;

/** The handle in a node's head: for order, and for ports that are not there. */
export const headHandle = '@head';

const noData: Record<string, never> = {};

/**
 * The nodes as React Flow takes them. `previous` are those drawn now: their measured sizes are kept, and nodes that
 * did not change stay the same objects.
 */
export function flowNodes(
  state: Pick<CanvasState, 'model' | 'selection'>,
  previous: readonly FlowNode[] = [],
): FlowNode[] {
  const before = new Map(previous.map((node) => [node.id, node]));
  const selected = new Set(state.selection.nodes);
  return nodeIds(state.model.document).map((id) => {
    const position = state.model.positions[id] ?? { x: 0, y: 0 };
    const known = before.get(id);
    const isSelected = selected.has(id);
    if (
      known !== undefined &&
      known.selected === isSelected &&
      known.position.x === position.x &&
      known.position.y === position.y
    ) {
      return known;
    }
    return {
      ...known,
      id,
      type: 'block',
      position: { ...position },
      selected: isSelected,
      data: noData,
      deletable: !isInterfaceNode(id),
      ariaRole: 'group',
    };
  });
}

/** The wires as React Flow takes them. A wire whose port is not drawn ends at the node's head, so that it is seen. */
export function flowEdges(state: Pick<CanvasState, 'model' | 'palette' | 'selection' | 'unfolded'>): FlowEdge[] {
  const { document } = state.model;
  const drawn = new Map(
    nodeIds(document).map((id) => {
      const view = nodeView(document, state.palette, id);
      const ports = view === null ? null : visiblePorts(document, view, state.unfolded.has(id));
      return [
        id,
        {
          sources: new Set(ports?.outputs.map((port) => port.name)),
          targets: new Set(ports?.inputs.map((port) => port.name)),
        },
      ] as const;
    }),
  );
  const selected = new Set(state.selection.wires);
  return wiresOf(document).flatMap((wire) => {
    const from = drawn.get(wire.from.node);
    const to = drawn.get(wire.to.node);
    // A node that does not exist has no place to draw from; the problems list names the reference.
    if (from === undefined || to === undefined) return [];
    return [
      {
        id: wire.id,
        source: wire.from.node,
        target: wire.to.node,
        sourceHandle: from.sources.has(wire.from.port) ? wire.from.port : headHandle,
        targetHandle: to.targets.has(wire.to.port) ? wire.to.port : headHandle,
        selected: selected.has(wire.id),
        className: wire.kind === 'after' ? 'gp-wire-order' : wire.whole ? 'gp-wire' : 'gp-wire-part',
        ariaLabel: wireText(wire),
        data: { wire },
      },
    ];
  });
}

/** `network.vpc_id to database.name`, `network before application`. */
export function wireText(wire: Wire): string {
  if (wire.kind === 'after') return `${endName(wire.from.node)} before ${endName(wire.to.node)}`;
  return `${endName(wire.from.node)}.${wire.from.port} to ${endName(wire.to.node)}.${wire.to.port}`;
}

/** A node's name in words: the blueprint's own ports are `inputs` and `outputs`. */
export function endName(node: string): string {
  return isInterfaceNode(node) ? node.slice(1) : node;
}
