import { Handle, Position } from '@xyflow/react';
import type { ReactElement } from 'react';
import type { PortEnd } from '../document/canvas-model.ts';
import type { PortView } from '../projection/node-view.ts';
import { endName } from '../projection/flow-projection.ts';
import { wireFit } from '../projection/wire-fit.ts';
import { useCanvas, useCanvasStore } from '../store/canvas-context.tsx';
import type { CanvasState } from '../store/canvas-state.ts';
import classes from './canvas.module.css';

/** `fits`, null where no wire is being drawn, or why the wire being drawn does not fit here. */
function lightOf(state: CanvasState, end: PortEnd, side: 'source' | 'target'): 'fits' | { reason: string } | null {
  const { pendingWire } = state;
  if (pendingWire === null) return null;
  if (pendingWire.end.node === end.node && pendingWire.end.port === end.port && pendingWire.side === side) return null;
  if (pendingWire.side === side) return { reason: side === 'source' ? 'both give a value' : 'both take a value' };
  const around = { document: state.model.document, palette: state.palette };
  const [from, to] = side === 'target' ? [pendingWire.end, end] : [end, pendingWire.end];
  const fit = wireFit(around, from, to);
  return fit.fits ? 'fits' : { reason: fit.reason };
}

const stateWords: Record<PortView['state'], string> = {
  wired: 'wired',
  expression: 'expression',
  set: 'set',
  default: 'default',
  missing: 'required, not set',
  open: 'optional',
};

/** One port: its handle, name and type. While a wire is drawn it lights up, or dims and says why. */
export function PortRow(props: { node: string; port: PortView; side: 'source' | 'target' }): ReactElement {
  const { node, port, side } = props;
  const store = useCanvasStore();
  const end = { node, port: port.name };
  // Strings compare by value, so that a row is only drawn again when its own light changes.
  const light = useCanvas((state) => {
    const found = lightOf(state, end, side);
    return found === null || found === 'fits' ? found : `not: ${found.reason}`;
  });
  const reason = light?.startsWith('not: ') === true ? light.slice(5) : null;
  const readOnly = useCanvas((state) => state.readOnly);
  const marks = [
    port.schema['x-sensitive'] === true ? 'sensitive' : null,
    port.state === 'missing' ? 'required' : null,
    port.exists ? null : 'no such input',
  ].filter((mark) => mark !== null);
  const described = side === 'target' ? `${stateWords[port.state]}, ` : '';
  return (
    <li
      className={classes.port}
      data-side={side}
      data-exists={port.exists}
      data-light={light === 'fits' ? 'fits' : reason === null ? undefined : 'dim'}
      title={reason ?? port.schema.description}
      onMouseEnter={() => {
        if (reason !== null) store.getState().told(`${endName(node)}.${port.name}: ${reason}`, true);
      }}
    >
      <Handle
        id={port.name}
        type={side}
        position={side === 'source' ? Position.Right : Position.Left}
        className={classes.handle}
        data-state={side === 'target' ? port.state : 'gives'}
        isConnectable={!readOnly}
        role="img"
        aria-label={`${side === 'source' ? 'Output' : 'Input'} ${port.name}: ${described}${port.typeText}`}
      />
      <span className={`${classes.name} gp-truncate`}>{port.name}</span>
      <span className={`${classes.type} gp-truncate`}>{[port.typeText, ...marks].join(' · ')}</span>
    </li>
  );
}
