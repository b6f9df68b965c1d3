import { applyNodeChanges, type EdgeChange, type NodeChange } from '@xyflow/react';
import { useMemo, useState } from 'react';
import type { Position } from '../document/canvas-model.ts';
import { flowEdges, flowNodes, type FlowEdge, type FlowNode } from '../projection/flow-projection.ts';
import { useCanvas, useCanvasStore } from '../store/canvas-context.tsx';

interface Flow {
  readonly nodes: FlowNode[];
  readonly edges: FlowEdge[];
  readonly onNodesChange: (changes: NodeChange<FlowNode>[]) => void;
  readonly onEdgesChange: (changes: EdgeChange<FlowEdge>[]) => void;
}

function changedIds(current: readonly string[], changes: readonly { id: string; selected: boolean }[]): string[] {
  const ids = new Set(current);
  for (const { id, selected } of changes) {
    if (selected) ids.add(id);
    else ids.delete(id);
  }
  return [...ids];
}

/**
 * Nodes and edges for React Flow. While something is dragged its place lives here only; the document hears of it
 * when it is let go, as one command.
 */
export function useFlow(): Flow {
  const store = useCanvasStore();
  const model = useCanvas((state) => state.model);
  const palette = useCanvas((state) => state.palette);
  const selection = useCanvas((state) => state.selection);
  const unfolded = useCanvas((state) => state.unfolded);
  const [drawn, setDrawn] = useState(() => ({ nodes: flowNodes({ model, selection }), model, selection }));
  let { nodes } = drawn;
  if (drawn.model !== model || drawn.selection !== selection) {
    nodes = flowNodes({ model, selection }, drawn.nodes);
    setDrawn({ nodes, model, selection });
  }
  const edges = useMemo(
    () => flowEdges({ model, palette, selection, unfolded }),
    [model, palette, selection, unfolded],
  );

  function onNodesChange(changes: NodeChange<FlowNode>[]): void {
    const selects = changes.filter((change) => change.type === 'select');
    setDrawn((current) => ({ ...current, nodes: applyNodeChanges(changes, current.nodes) }));
    const { selection: now, selected, commanded, readOnly } = store.getState();
    if (selects.length > 0) selected({ ...now, nodes: changedIds(now.nodes, selects) });
    const moved: Record<string, Position> = {};
    for (const change of changes) {
      if (change.type === 'position' && change.dragging !== true && change.position !== undefined) {
        moved[change.id] = change.position;
      }
    }
    if (Object.keys(moved).length > 0 && !readOnly) commanded({ type: 'move-nodes', positions: moved });
  }

  function onEdgesChange(changes: EdgeChange<FlowEdge>[]): void {
    const selects = changes.filter((change) => change.type === 'select');
    const { selection: now, selected } = store.getState();
    if (selects.length > 0) selected({ ...now, wires: changedIds(now.wires, selects) });
  }

  return { nodes, edges, onNodesChange, onEdgesChange };
}
