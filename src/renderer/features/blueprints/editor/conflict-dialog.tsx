import { useState, type ReactElement } from 'react';
import { useCanvas, useCanvasStore, type MergeConflict } from '../../../canvas/index.ts';
import { Button, Group, Modal, Radio, Stack } from '../../../ui/index.ts';
import classes from './editor.module.css';

function textOf(value: unknown): string {
  if (value === undefined) return '(not there)';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

/** Both sides of what changed on disk and here at the same place; nothing is written until each is chosen. */
export function ConflictDialog(): ReactElement | null {
  const conflict = useCanvas((state) => state.conflict);
  if (conflict === null) return null;
  return <Choices key={conflict.disk.revision} conflicts={conflict.merge.conflicts} />;
}

function Choices({ conflicts }: { conflicts: readonly MergeConflict[] }): ReactElement {
  const store = useCanvasStore();
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({});
  const [later, setLater] = useState(false);
  const open = conflicts.filter(({ path }) => chosen[path.join('.')] === undefined).length;
  const settle = () =>
    store
      .getState()
      .conflictSettled(new Set(Object.entries(chosen).flatMap(([path, side]) => (side === 'disk' ? [path] : []))));
  if (later) {
    return (
      <Button variant="default" onClick={() => setLater(false)}>
        {`Choose in ${conflicts.length} conflicts`}
      </Button>
    );
  }
  return (
    <Modal opened onClose={() => setLater(true)} title="The file and the canvas changed at the same places" size="xl">
      <Stack>
        <p className="gp-dimmed">
          Everything else of both sides is kept already. Nothing is written until you have chosen.
        </p>
        {conflicts.map(({ path, ours, theirs }) => {
          const name = path.join('.');
          return (
            <Radio.Group
              key={name}
              label={<span className="gp-mono">{name}</span>}
              value={chosen[name] ?? ''}
              onChange={(side) => setChosen({ ...chosen, [name]: side })}
            >
              <div className={classes.sides}>
                <div>
                  <Radio value="canvas" label="Keep what is on the canvas" />
                  <pre>{textOf(ours)}</pre>
                </div>
                <div>
                  <Radio value="disk" label="Take what is in the file" />
                  <pre>{textOf(theirs)}</pre>
                </div>
              </div>
            </Radio.Group>
          );
        })}
        <Group justify="flex-end">
          <Button variant="default" onClick={() => setLater(true)}>
            Decide later
          </Button>
          <Button disabled={open > 0} onClick={settle}>
            {open > 0 ? `${open} still to choose` : 'Apply the choices'}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
