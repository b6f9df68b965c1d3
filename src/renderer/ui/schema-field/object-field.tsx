import { Fieldset, Stack } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import type { Json } from '#shared/base/json.ts';
import type { SchemaFieldProps } from './types.ts';

function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object with known properties: one field for each. `field` draws a property. */
export function ObjectField(
  props: SchemaFieldProps & { field: (member: SchemaFieldProps) => ReactNode },
): ReactElement {
  const { schema, value, onChange, label, field } = props;
  const current = isObject(value) ? value : {};
  const put = (name: string, next: Json | undefined) => {
    const entries = Object.entries({ ...current, [name]: next }).filter(
      (entry): entry is [string, Json] => entry[1] !== undefined,
    );
    onChange(entries.length === 0 ? undefined : Object.fromEntries(entries));
  };
  return (
    <Fieldset legend={label} disabled={props.disabled === true} id={props.id} p="sm">
      <Stack gap={8}>
        {Object.entries(schema.properties ?? {}).map(([name, property]) => (
          <div key={name}>
            {field({
              schema: property,
              value: current[name],
              label: name,
              required: schema.required?.includes(name) === true,
              onChange: (next) => put(name, next),
            })}
          </div>
        ))}
        {props.error !== undefined && props.error !== null && (
          <div role="alert" style={{ color: 'var(--gp-destroy)' }}>
            {props.error}
          </div>
        )}
      </Stack>
    </Fieldset>
  );
}
