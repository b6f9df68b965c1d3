import { useReactFlow } from '@xyflow/react';
import { CopyPlus, Maximize, Redo2, Trash2, Undo2, WandSparkles, ZoomIn, ZoomOut, type LucideIcon } from 'lucide-react';
import type { ReactElement } from 'react';
import { ActionIcon, Tooltip } from '../../ui/index.ts';
import { isInterfaceNode } from '../document/canvas-model.ts';
import { redoText, undoText } from '../document/history.ts';
import { useCanvas, useCanvasStore } from '../store/canvas-context.tsx';
import { duplicateSelected, removeSelected, tidyUp } from './canvas-actions.ts';
import classes from './canvas.module.css';

function Tool(props: {
  name: string;
  hint?: string;
  icon: LucideIcon;
  disabled?: boolean;
  onUse: () => void;
}): ReactElement {
  const Icon = props.icon;
  return (
    <Tooltip label={props.hint ?? props.name}>
      <ActionIcon
        aria-label={props.name}
        // Not `disabled`: a tool that cannot be used now still says what it is for when it has the focus.
        aria-disabled={props.disabled === true}
        {...(props.disabled === true ? { 'data-disabled': true } : {})}
        onClick={() => {
          if (props.disabled !== true) props.onUse();
        }}
      >
        <Icon size={15} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

/** Undo, duplicate, delete, tidy up, zoom. */
export function CanvasToolbar(): ReactElement {
  const store = useCanvasStore();
  const flow = useReactFlow();
  const readOnly = useCanvas((state) => state.readOnly);
  const undoing = useCanvas((state) => undoText(state.history));
  const redoing = useCanvas((state) => redoText(state.history));
  const blocks = useCanvas((state) => state.selection.nodes.filter((id) => !isInterfaceNode(id)).length);
  const wires = useCanvas((state) => state.selection.wires.length);
  const tidy = () => {
    const sizes = Object.fromEntries(
      flow
        .getNodes()
        .map(({ id, measured }) => [id, { width: measured?.width ?? 272, height: measured?.height ?? 160 }]),
    );
    tidyUp(store, sizes);
    void flow.fitView({ padding: 0.04, maxZoom: 1 });
  };
  return (
    <div className={classes.toolbar} role="toolbar" aria-label="Canvas">
      {!readOnly && (
        <>
          <Tool
            name="Undo"
            hint={undoing === null ? 'Nothing to undo' : `Undo: ${undoing} (Ctrl+Z)`}
            icon={Undo2}
            disabled={undoing === null}
            onUse={() => store.getState().undone()}
          />
          <Tool
            name="Redo"
            hint={redoing === null ? 'Nothing to redo' : `Redo: ${redoing} (Ctrl+Shift+Z)`}
            icon={Redo2}
            disabled={redoing === null}
            onUse={() => store.getState().redone()}
          />
          <Tool
            name="Duplicate"
            hint="Duplicate the selected nodes (Ctrl+D)"
            icon={CopyPlus}
            disabled={blocks === 0}
            onUse={() => duplicateSelected(store)}
          />
          <Tool
            name="Delete"
            hint="Delete what is selected (Delete)"
            icon={Trash2}
            disabled={blocks + wires === 0}
            onUse={() => removeSelected(store)}
          />
          <Tool name="Tidy up" hint="Lay all nodes out anew" icon={WandSparkles} onUse={tidy} />
        </>
      )}
      <Tool name="Zoom in" hint="Zoom in (+)" icon={ZoomIn} onUse={() => void flow.zoomIn()} />
      <Tool name="Zoom out" hint="Zoom out (−)" icon={ZoomOut} onUse={() => void flow.zoomOut()} />
      <Tool
        name="Zoom to fit"
        hint="Show everything (F)"
        icon={Maximize}
        onUse={() => void flow.fitView({ padding: 0.04, maxZoom: 1 })}
      />
    </div>
  );
}
