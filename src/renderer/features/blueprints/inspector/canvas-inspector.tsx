import type { ReactElement } from 'react';
import {
  duplicateSelected,
  isInterfaceNode,
  nodeView,
  removeSelected,
  useCanvas,
  useCanvasStore,
  wiresOf,
  wireText,
} from '../../../canvas/index.ts';
import { Button, Group, KeyValues } from '../../../ui/index.ts';
import { BlueprintInspector } from './blueprint-inspector.tsx';
import classes from './inspector.module.css';
import { NodeInspector } from './node-inspector.tsx';
import { useFieldFocus } from './use-field-focus.ts';

/** Facts and fields of what is selected on the canvas; the blueprint itself when nothing is. */
export function CanvasInspector(): ReactElement {
  useFieldFocus();
  const selection = useCanvas((state) => state.selection);
  const [node] = selection.nodes;
  const view = useCanvas((state) =>
    node === undefined || isInterfaceNode(node) ? null : nodeView(state.model.document, state.palette, node),
  );
  const [wire] = selection.wires;
  if (selection.nodes.length + selection.wires.length > 1) return <ManySelected />;
  if (view !== null) return <NodeInspector key={view.id} view={view} />;
  if (wire !== undefined) return <WireInspector id={wire} />;
  return <BlueprintInspector />;
}

function WireInspector({ id }: { id: string }): ReactElement | null {
  const store = useCanvasStore();
  const wire = useCanvas((state) => wiresOf(state.model.document).find((candidate) => candidate.id === id));
  const readOnly = useCanvas((state) => state.readOnly);
  if (wire === undefined) return null;
  return (
    <div className={classes.inspector}>
      <h2>Wire</h2>
      <KeyValues
        entries={[
          ['From', wireText(wire).split(wire.kind === 'after' ? ' before ' : ' to ')[0]],
          ['To', wireText(wire).split(wire.kind === 'after' ? ' before ' : ' to ')[1]],
          [
            'Carries',
            wire.kind === 'after' ? 'no value, only the order' : wire.whole ? 'the value' : 'a part of the value',
          ],
        ]}
      />
      {!readOnly && (
        <div>
          <Button variant="default" onClick={() => removeSelected(store)}>
            Delete wire
          </Button>
        </div>
      )}
    </div>
  );
}

function ManySelected(): ReactElement {
  const store = useCanvasStore();
  const selection = useCanvas((state) => state.selection);
  const readOnly = useCanvas((state) => state.readOnly);
  return (
    <div className={classes.inspector}>
      <h2>{`${selection.nodes.length} nodes, ${selection.wires.length} wires selected`}</h2>
      <ul>
        {selection.nodes.map((name) => (
          <li key={name}>{isInterfaceNode(name) ? `Blueprint ${name.slice(1)}` : name}</li>
        ))}
      </ul>
      {!readOnly && (
        <Group>
          <Button variant="default" onClick={() => duplicateSelected(store)}>
            Duplicate selected
          </Button>
          <Button variant="default" onClick={() => removeSelected(store)}>
            Delete selected
          </Button>
        </Group>
      )}
    </div>
  );
}
