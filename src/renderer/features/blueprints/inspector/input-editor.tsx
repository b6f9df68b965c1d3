import { useState, type ReactElement } from 'react';
import type { Json } from '#shared/base/json.ts';
import {
  freeName,
  inputLike,
  inputsNodeId,
  isExpression,
  soleReference,
  useCanvasStore,
  type PortEnd,
  type PortView,
} from '../../../canvas/index.ts';
import { Button, SchemaField, SegmentedControl, Text, Textarea, valueProblem } from '../../../ui/index.ts';
import classes from './inspector.module.css';
import { SourceSelect } from './source-select.tsx';
import { fieldId } from './use-field-focus.ts';

type How = 'value' | 'wire' | 'expression';

function howIsSet(value: Json | undefined): How {
  if (value === undefined || !isExpression(value)) return 'value';
  return soleReference(value) === null ? 'expression' : 'wire';
}

function sourceOf(value: Json | undefined): PortEnd | null {
  const reference = soleReference(value);
  if (reference === null || reference.root === 'target') return null;
  return { node: reference.node ?? inputsNodeId, port: reference.name };
}

/** One input of a node: a value, a wire or an expression. */
export function InputEditor(props: {
  node: string;
  port: PortView;
  taken: readonly string[];
  readOnly: boolean;
}): ReactElement {
  const { node, port, readOnly } = props;
  const store = useCanvasStore();
  const [chosen, setChosen] = useState<{ readonly how: How; readonly for: Json | undefined } | null>(null);
  const how = chosen !== null && chosen.for === port.value ? chosen.how : howIsSet(port.value);
  const end: PortEnd = { node, port: port.name };
  const id = fieldId(`nodes.${node}.set.${port.name}`);
  const put = (value: Json | undefined) =>
    store
      .getState()
      .commanded(
        value === undefined
          ? { type: 'clear-input', node, input: port.name }
          : { type: 'set-input', node, input: port.name, value },
      );
  const marks = [
    port.required ? 'required' : null,
    port.schema['x-sensitive'] === true ? 'sensitive' : null,
    port.schema['x-immutable'] === true ? 'cannot change after creation' : null,
  ].filter((mark) => mark !== null);

  return (
    <section className={classes.port} aria-label={`Input ${port.name}`}>
      <div className={classes.portHead}>
        <span className={classes.portName}>{port.name}</span>
        {!readOnly && (
          <SegmentedControl
            size="xs"
            aria-label={`How ${port.name} is set`}
            value={how}
            data={[
              { value: 'value', label: 'Value' },
              { value: 'wire', label: 'Wire' },
              { value: 'expression', label: 'Expression' },
            ]}
            onChange={(next) => setChosen({ how: next, for: port.value })}
          />
        )}
      </div>
      <Text size="xs" c="dimmed">
        {[port.exists ? port.typeText : 'the artifact has no such input', ...marks].join(' · ')}
        {port.schema.description === undefined ? '' : ` · ${port.schema.description}`}
      </Text>
      <ValueControl how={how} end={end} port={port} id={id} readOnly={readOnly} onPut={put} />
      {!readOnly && (
        <div className={classes.portHead}>
          {port.value !== undefined && (
            <Button size="compact-xs" variant="default" onClick={() => put(undefined)}>
              {`Clear ${port.name}`}
            </Button>
          )}
          {port.value === undefined && (
            <Button
              size="compact-xs"
              variant="default"
              onClick={() =>
                store.getState().commanded({
                  type: 'expose-input',
                  to: end,
                  name: freeName(port.name, props.taken),
                  input: inputLike(port.schema),
                })
              }
            >
              {`Make ${port.name} an input of the blueprint`}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}

function ValueControl(props: {
  how: How;
  end: PortEnd;
  port: PortView;
  id: string;
  readOnly: boolean;
  onPut: (value: Json | undefined) => void;
}): ReactElement {
  const { how, end, port, id, readOnly, onPut } = props;
  switch (how) {
    case 'wire':
      return (
        <SourceSelect
          to={end}
          from={sourceOf(port.value)}
          label={`Source of ${port.name}`}
          id={id}
          disabled={readOnly}
        />
      );
    case 'expression':
      if (port.value === undefined || typeof port.value === 'string') {
        return (
          <Textarea
            id={id}
            label={`Expression of ${port.name}`}
            description="Text with ${inputs.name}, ${node.output} or ${target.region} in it"
            value={port.value ?? ''}
            disabled={readOnly}
            autosize
            spellCheck={false}
            styles={{ input: { fontFamily: 'var(--gp-mono)', fontSize: 12 } }}
            onChange={(event) => onPut(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
          />
        );
      }
      return (
        <SchemaField
          id={id}
          schema={{}}
          label={`Expression of ${port.name}`}
          value={port.value}
          disabled={readOnly}
          onChange={onPut}
        />
      );
    case 'value': {
      const value = isExpression(port.value) ? undefined : port.value;
      return (
        <SchemaField
          id={id}
          schema={port.schema}
          label={`Value of ${port.name}`}
          description=""
          value={value}
          required={port.required}
          disabled={readOnly}
          error={valueProblem(port.schema, value)}
          onChange={onPut}
        />
      );
    }
  }
}
