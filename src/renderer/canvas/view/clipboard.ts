import { z } from 'zod';
import { blueprintNodeSchema } from '#shared/model/index.ts';
import type { CanvasStore } from '../store/canvas-store.ts';
import { removeSelected, selectAdded, selectedBlocks } from './canvas-actions.ts';

// Plain text on the clipboard, so that a copy goes into another blueprint, another window or a chat alike.
const fragmentSchema = z.object({
  groundplan: z.literal('nodes'),
  nodes: z.record(z.string(), blueprintNodeSchema),
  positions: z.record(z.string(), z.object({ x: z.number(), y: z.number() })),
});

const pasteOffset = 48;

function fragmentText(store: CanvasStore): string | null {
  const { model } = store.getState();
  const names = selectedBlocks(store);
  if (names.length === 0) return null;
  const pick = <Value>(record: Readonly<Record<string, Value>>) =>
    Object.fromEntries(Object.entries(record).filter(([name]) => names.includes(name)));
  const fragment = { groundplan: 'nodes', nodes: pick(model.document.nodes), positions: pick(model.positions) };
  return JSON.stringify(fragment, null, 2);
}

/** Puts the selected nodes on the clipboard; true when there were any. */
export function copyNodes(store: CanvasStore, data: DataTransfer | null): boolean {
  const text = fragmentText(store);
  if (text === null || data === null) return false;
  data.setData('text/plain', text);
  store.getState().told(`Copied ${selectedBlocks(store).join(', ')}`, false);
  return true;
}

/** Puts the selected nodes on the clipboard and removes them; true when there were any. */
export function cutNodes(store: CanvasStore, data: DataTransfer | null): boolean {
  if (store.getState().readOnly || !copyNodes(store, data)) return false;
  removeSelected(store);
  return true;
}

/** Adds the nodes on the clipboard; text that is something else is left alone and said so. */
export function pasteNodes(store: CanvasStore, data: DataTransfer | null): boolean {
  const text = data?.getData('text/plain') ?? '';
  const parsed = fragmentSchema.safeParse(jsonOf(text));
  if (!parsed.success) {
    store.getState().told('What is on the clipboard is no copy of nodes.', true);
    return false;
  }
  const before = new Set(Object.keys(store.getState().model.document.nodes));
  const positions = Object.fromEntries(
    Object.entries(parsed.data.positions).map(([name, { x, y }]) => [name, { x: x + pasteOffset, y: y + pasteOffset }]),
  );
  if (!store.getState().commanded({ type: 'add-nodes', nodes: parsed.data.nodes, positions })) return false;
  selectAdded(store, before);
  return true;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Any text may be on the clipboard; what is no JSON is no copy of nodes either.
    return null;
  }
}
