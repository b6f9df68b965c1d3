import type { ReactElement } from 'react';
import { boundaries, boundarySchema } from '#shared/model/index.ts';
import { freeName, useCanvas, useCanvasStore } from '../../../canvas/index.ts';
import { Accordion, Button, Select, Textarea, TextInput } from '../../../ui/index.ts';
import { InputDefinition } from './input-definition.tsx';
import classes from './inspector.module.css';
import { OutputDefinition } from './output-definition.tsx';
import { fieldId } from './use-field-focus.ts';

/** The blueprint itself: summary, version, boundary, its own inputs and outputs. */
export function BlueprintInspector(): ReactElement {
  const store = useCanvasStore();
  const document = useCanvas((state) => state.model.document);
  const readOnly = useCanvas((state) => state.readOnly);
  const focus = useCanvas((state) => state.focus);
  const { commanded } = store.getState();
  const inputs = Object.entries(document.inputs ?? {});
  const outputs = Object.entries(document.outputs ?? {});
  const [root, focused] = focus?.field.split('.') ?? [];
  return (
    <div className={classes.inspector}>
      <h2>{document.blueprint}</h2>
      <Textarea
        label="Summary"
        id={fieldId('summary')}
        value={document.summary ?? ''}
        disabled={readOnly}
        autosize
        onChange={(event) => commanded({ type: 'set-summary', summary: event.currentTarget.value })}
      />
      <div className={classes.row}>
        <TextInput
          label="Version"
          id={fieldId('version')}
          value={document.version}
          disabled={readOnly}
          error={/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(document.version) ? null : 'Use a version such as 1.2.0.'}
          onChange={(event) => commanded({ type: 'set-version', version: event.currentTarget.value })}
        />
        <Select
          label="Boundary"
          id={fieldId('boundary')}
          data={[...boundaries]}
          value={document.boundary}
          disabled={readOnly}
          allowDeselect={false}
          onChange={(value) => {
            const boundary = boundarySchema.safeParse(value);
            if (boundary.success) commanded({ type: 'set-boundary', boundary: boundary.data });
          }}
        />
      </div>
      <h3>{`Blueprint inputs (${inputs.length})`}</h3>
      <Accordion
        multiple
        variant="contained"
        {...(root === 'inputs' && focused !== undefined ? { defaultValue: [focused], key: focused } : {})}
      >
        {inputs.map(([name, input]) => (
          <InputDefinition
            key={name}
            name={name}
            input={input}
            taken={inputs.map(([other]) => other)}
            readOnly={readOnly}
          />
        ))}
      </Accordion>
      {!readOnly && (
        <div>
          <Button
            variant="default"
            onClick={() =>
              commanded({
                type: 'put-blueprint-input',
                name: freeName(
                  'input',
                  inputs.map(([name]) => name),
                ),
                input: { type: 'string' },
              })
            }
          >
            Add input
          </Button>
        </div>
      )}
      <h3>{`Blueprint outputs (${outputs.length})`}</h3>
      <Accordion
        multiple
        variant="contained"
        {...(root === 'outputs' && focused !== undefined ? { defaultValue: [focused], key: focused } : {})}
      >
        {outputs.map(([name, output]) => (
          <OutputDefinition
            key={name}
            name={name}
            output={output}
            taken={outputs.map(([other]) => other)}
            readOnly={readOnly}
          />
        ))}
      </Accordion>
      {!readOnly && (
        <div>
          <Button
            variant="default"
            onClick={() =>
              commanded({
                type: 'put-blueprint-output',
                name: freeName(
                  'output',
                  outputs.map(([name]) => name),
                ),
                output: { value: '' },
              })
            }
          >
            Add output
          </Button>
        </div>
      )}
    </div>
  );
}
