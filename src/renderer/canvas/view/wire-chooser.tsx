import { useEffect, useRef, type KeyboardEvent, type ReactElement } from 'react';
import type { PendingWire } from '../store/canvas-state.ts';
import { useCanvasStore } from '../store/canvas-context.tsx';
import { sourcesOfNode, targetsFor } from '../projection/connection-meaning.ts';
import { endName } from '../projection/flow-projection.ts';
import type { WireFit } from '../projection/wire-fit.ts';
import type { PortEnd } from '../document/canvas-model.ts';
import classes from './canvas.module.css';

/** A wire dropped on a node instead of a port. */
export interface Drop {
  readonly held: PendingWire;
  readonly node: string;
  /** Pixels inside the canvas. */
  readonly at: { readonly x: number; readonly y: number };
}

interface Choice {
  readonly from: PortEnd;
  readonly to: PortEnd;
  readonly port: string;
  readonly typeText: string;
  readonly fit: WireFit;
}

/** What of the node fits the wire that was dropped on it. */
export function WireChooser({ drop, onDone }: { drop: Drop; onDone: () => void }): ReactElement {
  const store = useCanvasStore();
  const list = useRef<HTMLDivElement>(null);
  const { model, palette } = store.getState();
  const around = { document: model.document, palette };
  const { held, node } = drop;
  const choices: Choice[] =
    held.side === 'source'
      ? targetsFor(around, held.end, node).map(({ to, typeText, fit }) => ({
          from: held.end,
          to,
          port: to.port,
          typeText,
          fit,
        }))
      : sourcesOfNode(around, held.end, node).map(({ from, typeText, fit }) => ({
          from,
          to: held.end,
          port: from.port,
          typeText,
          fit,
        }));
  const fitting = choices.filter(({ fit }) => fit.fits);
  const [firstRefused] = choices.filter(({ fit }) => !fit.fits);

  useEffect(() => {
    list.current?.querySelector('button')?.focus();
  }, []);

  function onKey(event: KeyboardEvent): void {
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const index = buttons.findIndex((button) => button === document.activeElement);
    if (event.key === 'Escape') onDone();
    else if (event.key === 'ArrowDown') buttons[(index + 1) % buttons.length]?.focus();
    else if (event.key === 'ArrowUp') buttons[(index - 1 + buttons.length) % buttons.length]?.focus();
    else return;
    event.stopPropagation();
    event.preventDefault();
  }

  const held0 = `${endName(held.end.node)}.${held.end.port}`;
  return (
    <div
      ref={list}
      className={classes.chooser}
      style={{ left: drop.at.x, top: drop.at.y }}
      role="dialog"
      aria-label={`Wire ${held0} to ${endName(node)}`}
      onKeyDown={onKey}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) onDone();
      }}
    >
      <h3>{held.side === 'source' ? `${held0} into …` : `${held0} from …`}</h3>
      {fitting.map((choice) => (
        <button
          key={choice.port}
          type="button"
          className={classes.choice}
          onClick={() => {
            const asItem = choice.fit.fits && choice.fit.asItem === true;
            store.getState().commanded({ type: 'connect', from: choice.from, to: choice.to, asItem });
            onDone();
          }}
        >
          <span className="gp-mono">{choice.port}</span>
          <span className="gp-dimmed">{choice.typeText}</span>
        </button>
      ))}
      {fitting.length === 0 && (
        <button type="button" className={classes.choice} onClick={onDone}>
          {firstRefused === undefined || firstRefused.fit.fits
            ? `${endName(node)} has no port for it.`
            : `Nothing of ${endName(node)} fits: ${firstRefused.fit.reason}.`}
        </button>
      )}
    </div>
  );
}
