import '@xyflow/react/dist/style.css';
import {
  Background,
  MiniMap,
  Panel,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  type Connection,
  type FinalConnectionState,
} from '@xyflow/react';
import { useEffect, useRef, useState, type DragEvent, type ReactElement } from 'react';
import { useComputedColorScheme } from '../../ui/index.ts';
import { connectionMeaning } from '../projection/connection-meaning.ts';
import { headHandle } from '../projection/flow-projection.ts';
import { useCanvas, useCanvasStore } from '../store/canvas-context.tsx';
import { BlockNode } from './block-node.tsx';
import { CanvasToolbar } from './canvas-toolbar.tsx';
import classes from './canvas.module.css';
import { addFromPalette } from './canvas-actions.ts';
import { useCanvasKeys } from './use-canvas-keys.ts';
import { useFlow } from './use-flow.ts';
import { WireChooser, type Drop } from './wire-chooser.tsx';

/** The type under which a palette item travels while it is dragged. */
export const paletteDragType = 'application/x-groundplan-use';

const nodeTypes = { block: BlockNode };
const messageForMs = 6000;

/** The canvas of the blueprint given by the provider above it. */
export function CanvasView(): ReactElement {
  return (
    <ReactFlowProvider>
      <FlowCanvas />
    </ReactFlowProvider>
  );
}

function FlowCanvas(): ReactElement {
  const store = useCanvasStore();
  const frame = useRef<HTMLDivElement>(null);
  const flow = useReactFlow();
  const { nodes, edges, onNodesChange, onEdgesChange } = useFlow();
  const readOnly = useCanvas((state) => state.readOnly);
  const colorMode = useComputedColorScheme('light');
  const onKeyDown = useCanvasKeys(frame);
  const [drop, setDrop] = useState<Drop | null>(null);
  useShownFocus();

  function meaningOf(connection: Pick<Connection, 'source' | 'target'> & Partial<Connection>) {
    const { model, palette } = store.getState();
    const { source, target, sourceHandle = null, targetHandle = null } = connection;
    return connectionMeaning({ document: model.document, palette }, { source, target, sourceHandle, targetHandle });
  }

  function onConnectEnd(event: MouseEvent | TouchEvent, ended: FinalConnectionState): void {
    const held = store.getState().pendingWire;
    store.getState().wireDropped();
    const point = 'changedTouches' in event ? event.changedTouches[0] : event;
    if (held === null || ended.isValid === true || point === undefined || frame.current === null) return;
    const { toHandle } = ended;
    if (toHandle !== null && toHandle.id !== headHandle) {
      if (toHandle.type === held.side) return;
      const onto = { node: toHandle.nodeId, port: toHandle.id ?? headHandle };
      const [from, to] = held.side === 'source' ? [held.end, onto] : [onto, held.end];
      const meaning = meaningOf({ source: from.node, sourceHandle: from.port, target: to.node, targetHandle: to.port });
      if (!meaning.ok) store.getState().told(`Not wired: ${meaning.problems.join(' ')}.`, true);
      return;
    }
    // Between its handles a node is no target for the library; what lies under the pointer is.
    const block = document.elementFromPoint(point.clientX, point.clientY)?.closest('[data-node]');
    const node = block?.getAttribute('data-node') ?? null;
    if (node === null || node === held.end.node || held.end.port === headHandle) return;
    const box = frame.current.getBoundingClientRect();
    setDrop({ held, node, at: { x: point.clientX - box.left, y: point.clientY - box.top } });
  }

  function onPaletteDrop(event: DragEvent): void {
    const use = event.dataTransfer.getData(paletteDragType);
    if (use === '') return;
    event.preventDefault();
    addFromPalette(store, use, flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }));
  }

  return (
    <div
      ref={frame}
      className={classes.canvas}
      role="application"
      aria-label="Blueprint canvas"
      onKeyDown={onKeyDown}
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes(paletteDragType) && !readOnly) event.preventDefault();
      }}
      onDrop={onPaletteDrop}
    >
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        colorMode={colorMode}
        fitView
        fitViewOptions={{ padding: 0.04, maxZoom: 1 }}
        minZoom={0.1}
        maxZoom={2}
        nodesDraggable={!readOnly}
        nodesConnectable={!readOnly}
        deleteKeyCode={null}
        multiSelectionKeyCode={['Shift', 'Meta', 'Control']}
        selectNodesOnDrag={false}
        autoPanOnNodeFocus={false}
        isValidConnection={(connection) => meaningOf(connection).ok}
        onConnectStart={(_event, { nodeId, handleId, handleType }) => {
          if (nodeId === null || handleType === null) return;
          store.getState().wireHeld({ end: { node: nodeId, port: handleId ?? headHandle }, side: handleType });
        }}
        onConnect={(connection) => {
          const meaning = meaningOf(connection);
          if (meaning.ok) store.getState().commanded(meaning.value);
        }}
        onConnectEnd={onConnectEnd}
      >
        <Background gap={16} />
        <MiniMap pannable zoomable ariaLabel="Overview of the canvas" style={{ width: 140, height: 96 }} />
        <Panel position="top-left">
          <CanvasToolbar />
        </Panel>
        <Panel position="bottom-center">
          <Said />
        </Panel>
      </ReactFlow>
      {drop !== null && <WireChooser drop={drop} onDone={() => setDrop(null)} />}
    </div>
  );
}

/** What was last refused or done, for a while; read out by screen readers. */
function Said(): ReactElement {
  const said = useCanvas((state) => state.said);
  const [closed, setClosed] = useState(0);
  useEffect(() => {
    if (said === null) return undefined;
    const timer = setTimeout(() => setClosed(said.count), messageForMs);
    return () => clearTimeout(timer);
  }, [said]);
  const shown = said !== null && said.count > closed ? said : null;
  return (
    <div role="status" aria-live="polite">
      {shown !== null && (
        <div className={classes.hint} data-refusal={shown.refusal}>
          {shown.text}
        </div>
      )}
    </div>
  );
}

/** Brings a node into view when the problems list leads to it; selecting alone never moves the picture. */
function useShownFocus(): void {
  const flow = useReactFlow();
  const store = useCanvasStore();
  const focus = useCanvas((state) => state.focus);
  useEffect(() => {
    const [node] = store.getState().selection.nodes;
    if (focus === null || node === undefined) return;
    void flow.fitView({ nodes: [{ id: node }], maxZoom: Math.max(flow.getZoom(), 0.6), minZoom: flow.getZoom() });
  }, [focus, flow, store]);
}
