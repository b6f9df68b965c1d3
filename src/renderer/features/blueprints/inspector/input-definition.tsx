import type { ReactElement } from 'react';
import { inputPort, targetNames } from '#shared/blueprint/index.ts';
import { blueprintInputSchema, type BlueprintInput } from '#shared/model/index.ts';
import { useCanvasStore } from '../../../canvas/index.ts';
import {
  Accordion,
  Button,
  Checkbox,
  NumberInput,
  SchemaField,
  Select,
  Stack,
  TagsInput,
  TextInput,
  valueProblem,
} from '../../../ui/index.ts';
import { NameField } from './name-field.tsx';
import { fieldId } from './use-field-focus.ts';

const types = [
  { value: 'string', label: 'Text' },
  { value: 'number', label: 'Number' },
  { value: 'integer', label: 'Whole number' },
  { value: 'boolean', label: 'True or false' },
  { value: 'array', label: 'List' },
  { value: 'object', label: 'Object' },
];

const agentChoices = [
  { value: 'ask', label: 'Ask: a person fills it in on the review screen' },
  { value: 'set', label: 'Set: an agent chooses' },
  { value: 'fixed', label: 'Fixed: the default is taken' },
];

const formats = ['cidr', 'ipv4', 'ipv6', 'arn', 'email', 'uri', 'date-time'];

/** The fields of an input that stay sensible when its type becomes another. */
function withType(input: BlueprintInput, type: BlueprintInput['type']): BlueprintInput {
  const { description, sensitive, immutable, from, agent } = input;
  return { type, description, sensitive, immutable, from, agent };
}

interface DefinitionProps {
  readonly name: string;
  readonly input: BlueprintInput;
  readonly taken: readonly string[];
  readonly readOnly: boolean;
}

/** One of the blueprint's own inputs: type, default, choices, marks, and what an agent may do with it. */
export function InputDefinition(props: DefinitionProps): ReactElement {
  const { name, input } = props;
  return (
    <Accordion.Item value={name}>
      <Accordion.Control id={fieldId(`inputs.${name}`)}>
        <span className="gp-mono">{name}</span>{' '}
        <span className="gp-dimmed">
          {[
            input.type,
            input.format,
            input.sensitive === true ? 'sensitive' : undefined,
            input.from === 'target' ? 'from the target' : (input.agent ?? 'ask'),
          ]
            .filter((part) => part !== undefined)
            .join(' · ')}
        </span>
      </Accordion.Control>
      <Accordion.Panel>
        <DefinitionFields {...props} />
      </Accordion.Panel>
    </Accordion.Item>
  );
}

function DefinitionFields({ name, input, taken, readOnly }: DefinitionProps): ReactElement {
  const store = useCanvasStore();
  const { commanded } = store.getState();
  const put = (edit: Partial<Omit<BlueprintInput, 'type'>>) =>
    commanded({ type: 'put-blueprint-input', name, input: { ...input, ...edit } });
  const port = inputPort(input);
  const at = (field: string) => fieldId(`inputs.${name}.${field}`);
  return (
    <Stack gap="sm">
      <NameField
        label="Name"
        name={name}
        taken={taken}
        disabled={readOnly}
        onRename={(to) => commanded({ type: 'rename-blueprint-input', from: name, to })}
      />
      <Select
        label="Type"
        id={at('type')}
        data={types}
        value={input.type}
        allowDeselect={false}
        disabled={readOnly}
        onChange={(value) => {
          const type = blueprintInputSchema.shape.type.safeParse(value);
          if (type.success) {
            commanded({ type: 'put-blueprint-input', name, input: withType(input, type.data) });
          }
        }}
      />
      <TextInput
        label="Description"
        id={at('description')}
        value={input.description ?? ''}
        disabled={readOnly}
        onChange={(event) => put({ description: event.currentTarget.value || undefined })}
      />
      <SchemaField
        label="Default"
        id={at('default')}
        schema={{ ...port, description: undefined, default: undefined }}
        value={input.default}
        disabled={readOnly || input.sensitive === true}
        error={valueProblem(port, input.default)}
        onChange={(value) => put({ default: value })}
      />
      {input.type === 'string' && (
        <>
          <TagsInput
            label="Choices"
            description="Leave empty for any text"
            id={at('enum')}
            value={(input.enum ?? []).map((choice) => (typeof choice === 'string' ? choice : JSON.stringify(choice)))}
            disabled={readOnly}
            onChange={(choices) => put({ enum: choices.length === 0 ? undefined : choices })}
          />
          <Select
            label="Format"
            id={at('format')}
            data={[...new Set([...formats, ...(input.format === undefined ? [] : [input.format])])]}
            value={input.format ?? null}
            clearable
            disabled={readOnly}
            onChange={(format) => put({ format: format ?? undefined })}
          />
          <TextInput
            label="Pattern"
            id={at('pattern')}
            value={input.pattern ?? ''}
            disabled={readOnly}
            spellCheck={false}
            onChange={(event) => put({ pattern: event.currentTarget.value || undefined })}
          />
        </>
      )}
      {input.type === 'array' && (
        <Select
          label="Members"
          id={at('items')}
          data={types}
          value={input.items?.type ?? null}
          placeholder="Anything"
          clearable
          disabled={readOnly}
          onChange={(value) => {
            const type = blueprintInputSchema.shape.type.safeParse(value);
            put({ items: type.success ? { type: type.data } : undefined, default: undefined });
          }}
        />
      )}
      {(input.type === 'number' || input.type === 'integer') && (
        <>
          <NumberInput
            label="At least"
            id={at('minimum')}
            value={input.minimum ?? ''}
            disabled={readOnly}
            onChange={(value) => put({ minimum: typeof value === 'number' ? value : undefined })}
          />
          <NumberInput
            label="At most"
            id={at('maximum')}
            value={input.maximum ?? ''}
            disabled={readOnly}
            onChange={(value) => put({ maximum: typeof value === 'number' ? value : undefined })}
          />
        </>
      )}
      <Checkbox
        label="Sensitive"
        description="Never shown, logged or written to a file"
        checked={input.sensitive === true}
        disabled={readOnly}
        onChange={(event) => put({ sensitive: event.currentTarget.checked || undefined, default: undefined })}
      />
      <Checkbox
        label="Cannot change after creation"
        checked={input.immutable === true}
        disabled={readOnly}
        onChange={(event) => put({ immutable: event.currentTarget.checked || undefined })}
      />
      {targetNames.includes(name) && (
        <Checkbox
          label="Taken from the target of the deployment"
          checked={input.from === 'target'}
          disabled={readOnly}
          onChange={(event) => put({ from: event.currentTarget.checked ? 'target' : undefined })}
        />
      )}
      {input.from !== 'target' && (
        <Select
          label="Agents"
          id={at('agent')}
          data={agentChoices}
          value={input.agent ?? 'ask'}
          allowDeselect={false}
          disabled={readOnly}
          onChange={(value) => {
            const agent = blueprintInputSchema.shape.agent.safeParse(value);
            if (agent.success) put({ agent: agent.data });
          }}
        />
      )}
      {!readOnly && (
        <div>
          <Button variant="default" onClick={() => commanded({ type: 'remove-blueprint-input', name })}>
            {`Remove input ${name}`}
          </Button>
        </div>
      )}
    </Stack>
  );
}
