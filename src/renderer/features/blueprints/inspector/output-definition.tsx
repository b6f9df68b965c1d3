import type { ReactElement } from 'react';
import type { BlueprintOutput } from '#shared/model/index.ts';
import { outputsNodeId, soleReference, useCanvasStore } from '../../../canvas/index.ts';
import { Accordion, Button, Checkbox, SchemaField, Stack, Textarea, TextInput } from '../../../ui/index.ts';
import { NameField } from './name-field.tsx';
import { SourceSelect } from './source-select.tsx';
import { fieldId } from './use-field-focus.ts';

interface OutputProps {
  readonly name: string;
  readonly output: BlueprintOutput;
  readonly taken: readonly string[];
  readonly readOnly: boolean;
}

/** One of the blueprint's own outputs: where its value comes from, and whether it is secret. */
export function OutputDefinition({ name, output, taken, readOnly }: OutputProps): ReactElement {
  const store = useCanvasStore();
  const { commanded } = store.getState();
  const reference = soleReference(output.value);
  const from = reference?.node == null ? null : { node: reference.node, port: reference.name };
  const put = (edit: Partial<BlueprintOutput>) =>
    commanded({ type: 'put-blueprint-output', name, output: { ...output, ...edit } });
  return (
    <Accordion.Item value={name}>
      <Accordion.Control id={fieldId(`outputs.${name}`)}>
        <span className="gp-mono">{name}</span>{' '}
        <span className="gp-dimmed">
          {typeof output.value === 'string' ? output.value || 'no value yet' : JSON.stringify(output.value)}
        </span>
      </Accordion.Control>
      <Accordion.Panel>
        <Stack gap="sm">
          <NameField
            label="Name"
            name={name}
            taken={taken}
            disabled={readOnly}
            onRename={(to) => commanded({ type: 'rename-blueprint-output', from: name, to })}
          />
          <SourceSelect to={{ node: outputsNodeId, port: name }} from={from} label="Source" disabled={readOnly} />
          {typeof output.value === 'string' ? (
            <Textarea
              label="Expression"
              id={fieldId(`outputs.${name}.value`)}
              value={output.value}
              autosize
              spellCheck={false}
              disabled={readOnly}
              styles={{ input: { fontFamily: 'var(--gp-mono)', fontSize: 12 } }}
              onChange={(event) => put({ value: event.currentTarget.value })}
            />
          ) : (
            <SchemaField
              label="Expression"
              id={fieldId(`outputs.${name}.value`)}
              schema={{}}
              value={output.value}
              disabled={readOnly}
              onChange={(value) => put({ value: value ?? '' })}
            />
          )}
          <TextInput
            label="Description"
            value={output.description ?? ''}
            disabled={readOnly}
            onChange={(event) => put({ description: event.currentTarget.value || undefined })}
          />
          <Checkbox
            label="Sensitive"
            checked={output.sensitive === true}
            disabled={readOnly}
            onChange={(event) => put({ sensitive: event.currentTarget.checked || undefined })}
          />
          {!readOnly && (
            <div>
              <Button variant="default" onClick={() => commanded({ type: 'remove-blueprint-output', name })}>
                {`Remove output ${name}`}
              </Button>
            </div>
          )}
        </Stack>
      </Accordion.Panel>
    </Accordion.Item>
  );
}
