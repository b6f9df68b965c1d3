import { Handle, Position, type NodeProps } from '@xyflow/react';
import { Blocks, CircleHelp, FileCode2, LogIn, LogOut, Ship } from 'lucide-react';
import { memo, type ReactElement } from 'react';
import { headHandle, type FlowNode } from '../projection/flow-projection.ts';
import { nodeView, type NodeView } from '../projection/node-view.ts';
import { foldableCount, visiblePorts } from '../projection/visible-ports.ts';
import { useCanvas, useCanvasStore } from '../store/canvas-context.tsx';
import classes from './canvas.module.css';
import { PortRow } from './port-row.tsx';

const iconProps = { size: 14, 'aria-hidden': true } as const;

function KindIcon({ view }: { view: NodeView }): ReactElement {
  switch (view.kind) {
    case 'artifact':
      return view.runner === 'helm' ? <Ship {...iconProps} /> : <FileCode2 {...iconProps} />;
    case 'blueprint':
      return <Blocks {...iconProps} />;
    case 'unknown':
      return <CircleHelp {...iconProps} />;
    case 'inputs':
      return <LogIn {...iconProps} />;
    case 'outputs':
      return <LogOut {...iconProps} />;
  }
}

function factsOf(view: NodeView): readonly string[] {
  switch (view.kind) {
    case 'inputs':
      return ['what a deployment gives'];
    case 'outputs':
      return ['what others may read'];
    case 'unknown':
      return [view.use, 'not found'];
    case 'artifact':
    case 'blueprint': {
      const kind = view.kind === 'blueprint' ? 'blueprint' : (view.runner ?? 'artifact');
      return [`${view.name} ${view.version}`, kind, view.boundary ?? ''];
    }
  }
}

/** One node of the canvas; it reads what it shows from the store by its id. */
export const BlockNode = memo(function BlockNode({ id, selected }: NodeProps<FlowNode>): ReactElement | null {
  const store = useCanvasStore();
  const view = useCanvas((state) => nodeView(state.model.document, state.palette, id));
  const unfolded = useCanvas((state) => state.unfolded.has(id));
  const document = useCanvas((state) => state.model.document);
  const readOnly = useCanvas((state) => state.readOnly);
  if (view === null) return null;
  const ports = visiblePorts(document, view, unfolded);
  const foldable = foldableCount(document, view);
  const isBlock = view.kind !== 'inputs' && view.kind !== 'outputs';
  return (
    <div className={classes.block} data-kind={view.kind} data-selected={selected} data-node={id}>
      <div className={classes.head}>
        {view.kind !== 'inputs' && (
          <Handle
            id={headHandle}
            type="target"
            position={Position.Left}
            className={classes.headHandle}
            isConnectable={!readOnly}
            role="img"
            aria-label={isBlock ? `${id} runs after` : 'New output of the blueprint'}
          />
        )}
        {view.kind !== 'outputs' && (
          <Handle
            id={headHandle}
            type="source"
            position={Position.Right}
            className={classes.headHandle}
            isConnectable={!readOnly}
            role="img"
            aria-label={isBlock ? `${id} runs before` : 'New input of the blueprint'}
          />
        )}
        <div className={classes.title}>
          <KindIcon view={view} />
          <span className="gp-truncate">{view.title}</span>
        </div>
        <div className={classes.facts}>
          {factsOf(view).map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
          {view.when !== null && <span title={view.when}>only when</span>}
        </div>
      </div>
      {ports.inputs.length > 0 && (
        <ul className={classes.ports} aria-label={`Inputs of ${view.title}`}>
          {ports.inputs.map((port) => (
            <PortRow key={port.name} node={id} port={port} side="target" />
          ))}
        </ul>
      )}
      {ports.outputs.length > 0 && (
        <ul className={classes.ports} aria-label={`Outputs of ${view.title}`}>
          {ports.outputs.map((port) => (
            <PortRow key={port.name} node={id} port={port} side="source" />
          ))}
        </ul>
      )}
      {foldable > 0 && (
        <button
          type="button"
          className={`${classes.fold} nodrag`}
          aria-expanded={unfolded}
          onClick={(event) => {
            event.stopPropagation();
            store.getState().unfoldingChanged(id, !unfolded);
          }}
        >
          {unfolded ? 'Show fewer ports' : `${foldable} more ports`}
        </button>
      )}
    </div>
  );
});
