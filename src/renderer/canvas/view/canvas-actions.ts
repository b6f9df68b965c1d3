import type { CanvasStore } from '../store/canvas-store.ts';
import { isInterfaceNode, type Position, type Positions } from '../document/canvas-model.ts';
import { freeName } from '../document/names.ts';
import { layOut, type Size } from '../layout/lay-out.ts';
import { nodeIds } from '../projection/node-view.ts';
import { wiresOf } from '../projection/wires.ts';

/** Nodes that can be copied or removed: the blueprint's own ports cannot. */
export function selectedBlocks(store: CanvasStore): readonly string[] {
  return store.getState().selection.nodes.filter((id) => !isInterfaceNode(id));
}

/** Places an artifact or blueprint and selects it. The name comes from the artifact's. */
export function addFromPalette(store: CanvasStore, use: string, at: Position): string | null {
  const { model, commanded, selected } = store.getState();
  const base = use.slice(0, use.indexOf('@')).replaceAll('-', '_');
  const name = freeName(base, Object.keys(model.document.nodes));
  if (!commanded({ type: 'add-node', name, use, at })) return null;
  selected({ nodes: [name], wires: [] });
  return name;
}

/** Removes what is selected: wires, and nodes with theirs. */
export function removeSelected(store: CanvasStore): void {
  const { selection, model, commanded, readOnly, told } = store.getState();
  if (readOnly) {
    told('A published version cannot be changed.', true);
    return;
  }
  const names = selectedBlocks(store);
  const wires = wiresOf(model.document).filter(({ id }) => selection.wires.includes(id));
  for (const wire of wires) {
    if (wire.kind === 'value') commanded({ type: 'disconnect', from: wire.from, to: wire.to });
    else {
      const after = store.getState().model.document.nodes[wire.to.node]?.after ?? [];
      commanded({ type: 'set-after', node: wire.to.node, after: after.filter((other) => other !== wire.from.node) });
    }
  }
  if (names.length > 0) commanded({ type: 'remove-nodes', names });
  store.getState().selected({ nodes: [], wires: [] });
}

/** Copies the selected nodes beside themselves and selects the copies. */
export function duplicateSelected(store: CanvasStore): void {
  const names = selectedBlocks(store);
  if (names.length === 0) return;
  const before = new Set(Object.keys(store.getState().model.document.nodes));
  if (!store.getState().commanded({ type: 'duplicate-nodes', names })) return;
  selectAdded(store, before);
}

/** Selects the nodes that were not there before. */
export function selectAdded(store: CanvasStore, before: ReadonlySet<string>): void {
  const { model, selected } = store.getState();
  selected({ nodes: Object.keys(model.document.nodes).filter((name) => !before.has(name)), wires: [] });
}

/** Selects every node. */
export function selectAll(store: CanvasStore): void {
  const { model, selected } = store.getState();
  selected({ nodes: [...nodeIds(model.document)], wires: [] });
}

/** Places all nodes anew by the order values flow, as one step that can be undone. */
export function tidyUp(store: CanvasStore, sizes: Readonly<Record<string, Size>>): void {
  const { model, commanded } = store.getState();
  const positions: Positions = layOut(model.document, sizes);
  commanded({ type: 'lay-out', positions });
}
