import { NumberInput, PasswordInput, Select, Textarea, TextInput } from '@mantine/core';
import type { ReactElement } from 'react';
import type { Json } from '#shared/base/json.ts';
import { JsonField } from './json-field.tsx';
import { ListField } from './list-field.tsx';
import { ObjectField } from './object-field.tsx';
import { commonProps, placeholderOf, type SchemaFieldProps } from './types.ts';

const scalarTypes: ReadonlySet<string> = new Set(['string', 'number', 'integer', 'boolean']);

/**
 * A form field made from a port's type: text, number, choice, secret, list, object; anything else as JSON. Written by
 * hand because form libraries compile validators from text, which the page's content security policy forbids.
 */
export function SchemaField(props: SchemaFieldProps): ReactElement {
  const { schema } = props;
  if (schema.enum !== undefined) return <ChoiceField {...props} choices={schema.enum} />;
  switch (schema.type) {
    case 'boolean':
      return <ChoiceField {...props} choices={[true, false]} />;
    case 'number':
    case 'integer':
      return <NumberField {...props} />;
    case 'string':
      return <TextField {...props} />;
    case 'array':
      if (schema['x-sensitive'] !== true && schema.items?.type !== undefined && scalarTypes.has(schema.items.type)) {
        return <ListField {...props} field={fieldOf} />;
      }
      return <JsonField {...props} />;
    case 'object':
      if (schema.properties !== undefined && schema['x-sensitive'] !== true) {
        return <ObjectField {...props} field={fieldOf} />;
      }
      return <JsonField {...props} />;
    case 'null':
    case undefined:
      return <JsonField {...props} />;
  }
}

/** Members and properties are fields like any other. */
function fieldOf(member: SchemaFieldProps): ReactElement {
  return <SchemaField {...member} />;
}

function ChoiceField(props: SchemaFieldProps & { choices: readonly Json[] }): ReactElement {
  const { value, onChange, schema, choices } = props;
  const data = choices.map((choice) => ({
    value: JSON.stringify(choice),
    label: typeof choice === 'string' ? choice : JSON.stringify(choice),
  }));
  return (
    <Select
      {...commonProps(props)}
      data={data}
      value={value === undefined ? null : JSON.stringify(value)}
      placeholder={placeholderOf(schema) || 'Choose'}
      clearable={props.required !== true}
      allowDeselect={false}
      onChange={(chosen) => onChange(choices.find((choice) => JSON.stringify(choice) === chosen))}
    />
  );
}

function NumberField(props: SchemaFieldProps): ReactElement {
  const { schema, value, onChange } = props;
  return (
    <NumberInput
      {...commonProps(props)}
      value={typeof value === 'number' ? value : ''}
      placeholder={placeholderOf(schema)}
      allowDecimal={schema.type !== 'integer'}
      {...(schema.minimum === undefined ? {} : { min: schema.minimum })}
      {...(schema.maximum === undefined ? {} : { max: schema.maximum })}
      clampBehavior="none"
      onChange={(next) => onChange(typeof next === 'number' ? next : next === '' ? undefined : Number(next))}
    />
  );
}

function TextField(props: SchemaFieldProps): ReactElement {
  const { schema, value, onChange } = props;
  const text = typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
  const common = {
    ...commonProps(props),
    value: text,
    placeholder: placeholderOf(schema),
    spellCheck: false,
    onChange: (event: { currentTarget: { value: string } }) => {
      const next = event.currentTarget.value;
      onChange(next === '' ? undefined : next);
    },
  };
  if (schema['x-sensitive'] === true) return <PasswordInput {...common} autoComplete="new-password" />;
  if (text.includes('\n')) return <Textarea {...common} autosize minRows={3} maxRows={14} />;
  return <TextInput {...common} autoComplete="off" />;
}
