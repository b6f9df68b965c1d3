import { Link } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import { splitUse } from '#shared/blueprint/index.ts';
import {
  inputsNodeId,
  outputsNodeId,
  useCanvas,
  useCanvasStore,
  freeName,
  type NodeView,
} from '../../../canvas/index.ts';
import { Button, MultiSelect, Select, TextInput } from '../../../ui/index.ts';
import { InputEditor } from './input-editor.tsx';
import classes from './inspector.module.css';
import { NameField } from './name-field.tsx';
import { fieldId } from './use-field-focus.ts';

/** One node: its name, version, order, condition, inputs and outputs. */
export function NodeInspector({ view }: { view: NodeView }): ReactElement {
  const store = useCanvasStore();
  const document = useCanvas((state) => state.model.document);
  const readOnly = useCanvas((state) => state.readOnly);
  const [filter, setFilter] = useState('');
  const names = Object.keys(document.nodes);
  const inputs = Object.keys(document.inputs ?? {});
  const shown = view.inputs.filter((port) => port.name.toLowerCase().includes(filter.toLowerCase()));
  const { commanded } = store.getState();
  return (
    <div className={classes.inspector}>
      <h2>{view.title}</h2>
      <NameField
        label="Name"
        id={fieldId(`nodes.${view.id}`)}
        name={view.id}
        taken={names}
        disabled={readOnly}
        onRename={(to) => {
          if (commanded({ type: 'rename-node', from: view.id, to })) {
            store.getState().selected({ nodes: [to], wires: [] });
          }
        }}
      />
      <UseSelect view={view} readOnly={readOnly} />
      <MultiSelect
        label="Runs after"
        description="Orders without passing a value; wires order by themselves"
        id={fieldId(`nodes.${view.id}.after`)}
        data={names.filter((name) => name !== view.id)}
        value={[...view.after]}
        disabled={readOnly}
        onChange={(after) => commanded({ type: 'set-after', node: view.id, after })}
      />
      <TextInput
        label="Only when"
        description="An expression over the blueprint’s inputs"
        placeholder="${inputs.size != 'none'}"
        id={fieldId(`nodes.${view.id}.when`)}
        value={view.when ?? ''}
        disabled={readOnly}
        spellCheck={false}
        onChange={(event) => {
          const when = event.currentTarget.value;
          commanded({ type: 'set-when', node: view.id, when: when === '' ? null : when });
        }}
      />
      <h3>{`Inputs (${view.inputs.length})`}</h3>
      {view.inputs.length > 8 && (
        <TextInput label="Filter inputs" value={filter} onChange={(event) => setFilter(event.currentTarget.value)} />
      )}
      {shown.map((port) => (
        <InputEditor key={port.name} node={view.id} port={port} taken={inputs} readOnly={readOnly} />
      ))}
      <h3>{`Outputs (${view.outputs.length})`}</h3>
      {view.outputs.map((port) => (
        <section key={port.name} className={classes.port} aria-label={`Output ${port.name}`}>
          <div className={classes.portHead}>
            <span className={classes.portName}>{port.name}</span>
            <span className="gp-dimmed">{port.typeText}</span>
          </div>
          {port.schema.description !== undefined && <div className="gp-dimmed">{port.schema.description}</div>}
          {!readOnly && (
            <div>
              <Button
                size="compact-xs"
                variant="default"
                onClick={() =>
                  commanded({
                    type: 'connect',
                    from: { node: view.id, port: port.name },
                    to: { node: outputsNodeId, port: freeName(port.name, Object.keys(document.outputs ?? {})) },
                    asItem: false,
                  })
                }
              >
                {`Make ${port.name} an output of the blueprint`}
              </Button>
            </div>
          )}
        </section>
      ))}
      {!readOnly && (
        <div>
          <Button
            variant="default"
            onClick={() => {
              commanded({ type: 'remove-nodes', names: [view.id] });
              store.getState().selected({ nodes: [inputsNodeId], wires: [] });
            }}
          >
            {`Delete ${view.title}`}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Which version of its artifact or blueprint a node uses, and the way there. */
function UseSelect({ view, readOnly }: { view: NodeView; readOnly: boolean }): ReactElement {
  const store = useCanvasStore();
  const palette = useCanvas((state) => state.palette);
  const versions = palette.filter((item) => item.name === splitUse(view.use).name).map((item) => item.use);
  const [typed, setTyped] = useState<string | null>(null);
  const data = [...new Set([...versions, view.use, ...(typed === null || !typed.includes('@') ? [] : [typed])])];
  return (
    <div className={classes.row}>
      <Select
        label="Uses"
        id={fieldId(`nodes.${view.id}.use`)}
        data={data}
        value={view.use}
        searchable
        allowDeselect={false}
        disabled={readOnly}
        error={view.kind === 'unknown' ? 'Nothing by this name and version is imported or published.' : undefined}
        onSearchChange={setTyped}
        onChange={(use) => {
          if (use !== null) store.getState().commanded({ type: 'set-use', node: view.id, use });
        }}
      />
      {view.kind === 'artifact' && (
        <Link to="/artifacts/$name" params={{ name: view.name }}>
          Open artifact
        </Link>
      )}
      {view.kind === 'blueprint' && (
        <Link to="/catalog/$name" params={{ name: view.name }} search={{ version: view.version }}>
          Open blueprint
        </Link>
      )}
    </div>
  );
}
