import { useState, type ReactElement } from 'react';
import type { PaletteItem } from '#shared/model/index.ts';
import { addFromPalette, paletteDragType, useCanvas, useCanvasStore } from '../../../canvas/index.ts';
import { TextInput } from '../../../ui/index.ts';
import classes from './editor.module.css';

function matches(item: PaletteItem, words: string): boolean {
  const text = `${item.use} ${item.type} ${item.boundary} ${item.summary}`.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

const betweenNodes = 48;

/** What can be placed: dragged onto the canvas, or added by Enter or a click. */
export function PalettePanel(): ReactElement {
  const store = useCanvasStore();
  const palette = useCanvas((state) => state.palette);
  const [words, setWords] = useState('');
  const shown = palette.filter((item) => matches(item, words));
  const groups = [
    { title: 'Artifacts', items: shown.filter((item) => item.type === 'artifact') },
    { title: 'Blueprints', items: shown.filter((item) => item.type === 'blueprint') },
  ];

  function add(item: PaletteItem): void {
    // Below what is there, so that adding by keyboard never covers anything.
    const positions = Object.values(store.getState().model.positions);
    const left = Math.min(...positions.map(({ x }) => x), 0);
    const bottom = Math.max(...positions.map(({ y }) => y), 0);
    const name = addFromPalette(store, item.use, { x: left, y: bottom + 200 + betweenNodes });
    if (name !== null) store.getState().told(`Added ${name}`, false);
  }

  return (
    <section className={classes.palette} aria-label="Palette">
      <TextInput label="Find in the palette" value={words} onChange={(event) => setWords(event.currentTarget.value)} />
      <div style={{ flex: 1, minHeight: 0, overflow: 'auto' }}>
        {palette.length === 0 && (
          <p className="gp-dimmed">Nothing to place yet. Import an artifact, or publish a blueprint.</p>
        )}
        {palette.length > 0 && shown.length === 0 && <p className="gp-dimmed">{`Nothing matches “${words}”.`}</p>}
        {groups.map(({ title, items }) =>
          items.length === 0 ? null : (
            <div key={title}>
              <h3>{`${title} (${items.length})`}</h3>
              <ul aria-label={title}>
                {items.map((item) => (
                  <li key={`${item.type} ${item.use}`}>
                    <button
                      type="button"
                      className={classes.item}
                      draggable
                      title={item.summary}
                      aria-label={`Add ${item.use}`}
                      onDragStart={(event) => {
                        event.dataTransfer.setData(paletteDragType, item.use);
                        event.dataTransfer.effectAllowed = 'copy';
                      }}
                      onClick={() => add(item)}
                    >
                      <strong>{item.name}</strong>
                      <span className="gp-dimmed">
                        {[item.version, item.runner ?? item.type, item.boundary].join(' · ')}
                      </span>
                    </button>
                  </li>
                ))}
              </ul>
            </div>
          ),
        )}
      </div>
    </section>
  );
}
