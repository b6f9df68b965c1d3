import { useRef, type KeyboardEvent, type PointerEvent, type ReactElement, type ReactNode } from 'react';
import { useRemembered } from './remembered.ts';
import classes from './split-pane.module.css';

export interface SplitPaneProps {
  /** Under which name the size is remembered. */
  id: string;
  /** The pane with a size of its own. */
  side: ReactNode;
  at: 'left' | 'right' | 'bottom';
  initial: number;
  min: number;
  max: number;
  /** Names the separator, for example “Width of the scope tree”. */
  label: string;
  /** The pane that takes the rest. */
  children: ReactNode;
  /** Hides the side pane. */
  closed?: boolean;
  /** Hides the side pane while the frame slot in it is empty. */
  hideEmpty?: boolean;
}

const keyStep = 16;

/** Two panes with a bar between them that is dragged or moved with the arrow keys; the size is remembered. */
export function SplitPane(props: SplitPaneProps): ReactElement {
  const [size, setSize] = useRemembered(`pane.${props.id}`, props.initial);
  const frame = useRef<HTMLDivElement>(null);
  const vertical = props.at === 'bottom';
  const side = (
    <div
      className={classes.side}
      data-hide-empty={props.hideEmpty}
      style={vertical ? { height: size, maxHeight: '90%' } : { width: size, maxWidth: '90%' }}
    >
      {props.side}
    </div>
  );
  const main = <div className={classes.main}>{props.children}</div>;
  const resize = (next: number) => setSize(Math.round(Math.min(props.max, Math.max(props.min, next))));

  function drag(event: PointerEvent<HTMLDivElement>): void {
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || frame.current === null) return;
    const box = frame.current.getBoundingClientRect();
    if (props.at === 'left') resize(event.clientX - box.left);
    else if (props.at === 'right') resize(box.right - event.clientX);
    else resize(box.bottom - event.clientY);
  }

  function onKey(event: KeyboardEvent): void {
    const grow = props.at === 'left' ? 'ArrowRight' : props.at === 'right' ? 'ArrowLeft' : 'ArrowUp';
    const shrink = props.at === 'left' ? 'ArrowLeft' : props.at === 'right' ? 'ArrowRight' : 'ArrowDown';
    if (event.key === grow) resize(size + keyStep);
    else if (event.key === shrink) resize(size - keyStep);
    else return;
    event.preventDefault();
  }

  const bar = (
    <div
      className={classes.bar}
      role="separator"
      tabIndex={0}
      aria-label={props.label}
      aria-orientation={vertical ? 'horizontal' : 'vertical'}
      aria-valuenow={size}
      aria-valuemin={props.min}
      aria-valuemax={props.max}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={onKey}
    />
  );
  return (
    <div ref={frame} className={`${classes.split} ${vertical ? classes.vertical : classes.horizontal}`}>
      {props.closed !== true && props.at === 'left' && side}
      {props.closed !== true && props.at === 'left' && bar}
      {main}
      {props.closed !== true && props.at !== 'left' && bar}
      {props.closed !== true && props.at !== 'left' && side}
    </div>
  );
}
