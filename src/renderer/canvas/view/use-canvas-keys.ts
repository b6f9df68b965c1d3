import { useReactFlow } from '@xyflow/react';
import { useEffect, type KeyboardEvent, type RefObject } from 'react';
import { useCanvasStore } from '../store/canvas-context.tsx';
import { duplicateSelected, removeSelected, selectAll } from './canvas-actions.ts';
import { copyNodes, cutNodes, pasteNodes } from './clipboard.ts';

/** Whether a key belongs to a field somebody types in. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable="true"]');
}

/** Keys of the canvas; they work while the focus is on it and never eat typing. */
export function useCanvasKeys(frame: RefObject<HTMLElement | null>): (event: KeyboardEvent) => void {
  const store = useCanvasStore();
  const flow = useReactFlow();

  // React has no cut, copy and paste for elements without text; the document tells where the focus is.
  useEffect(() => {
    const isOurs = () => frame.current?.contains(document.activeElement) === true && !isTyping(document.activeElement);
    const on = (act: (data: DataTransfer | null) => boolean) => (event: ClipboardEvent) => {
      if (isOurs() && act(event.clipboardData)) event.preventDefault();
    };
    const onCopy = on((data) => copyNodes(store, data));
    const onCut = on((data) => cutNodes(store, data));
    const onPaste = on((data) => pasteNodes(store, data));
    document.addEventListener('copy', onCopy);
    document.addEventListener('cut', onCut);
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('copy', onCopy);
      document.removeEventListener('cut', onCut);
      document.removeEventListener('paste', onPaste);
    };
  }, [store, frame]);

  return (event) => {
    if (isTyping(event.target)) return;
    const command = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    const { undone, redone, selected } = store.getState();
    if (command && key === 'z') (event.shiftKey ? redone : undone)();
    else if (command && key === 'y') redone();
    else if (command && key === 'd') duplicateSelected(store);
    else if (command && key === 'a') selectAll(store);
    else if (command) return;
    else if (key === 'delete' || key === 'backspace') removeSelected(store);
    else if (key === 'escape') selected({ nodes: [], wires: [] });
    else if (key === 'f') void flow.fitView({ padding: 0.04, maxZoom: 1 });
    else if (key === '+' || key === '=') void flow.zoomIn();
    else if (key === '-') void flow.zoomOut();
    else return;
    event.preventDefault();
  };
}
