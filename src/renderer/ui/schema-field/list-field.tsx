import { ActionIcon, Button, Fieldset, Stack } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import type { Json } from '#shared/base/json.ts';
import type { SchemaFieldProps } from './types.ts';

function emptyOf(type: string | undefined): Json {
  switch (type) {
    case 'number':
    case 'integer':
      return 0;
    case 'boolean':
      return false;
    case 'array':
      return [];
    case 'object':
      return {};
    default:
      return '';
  }
}

/** A list: one field for each member. `field` draws a member. */
export function ListField(props: SchemaFieldProps & { field: (member: SchemaFieldProps) => ReactNode }): ReactElement {
  const { schema, value, onChange, label, field } = props;
  const members = Array.isArray(value) ? value : [];
  const items = schema.items ?? {};
  const put = (next: Json[]) => onChange(next.length === 0 && props.required !== true ? undefined : next);
  return (
    <Fieldset legend={label} disabled={props.disabled === true} id={props.id} p="sm">
      <Stack gap={4}>
        {(props.description ?? schema.description) !== undefined && (
          <div className="gp-dimmed">{props.description ?? schema.description}</div>
        )}
        {members.map((member, index) => (
          // A list has nothing but places to tell its members apart.
          <div key={index} style={{ display: 'flex', gap: 4, alignItems: 'flex-end' }}>
            <div style={{ flex: 1, minWidth: 0 }}>
              {field({
                schema: items,
                value: member,
                label: `${label} ${index + 1}`,
                onChange: (next) =>
                  put(
                    next === undefined
                      ? members.with(index, emptyOf(items.type))
                      : members.map((other, place) => (place === index ? next : other)),
                  ),
              })}
            </div>
            <ActionIcon
              aria-label={`Remove ${label} ${index + 1}`}
              onClick={() => put(members.filter((_member, place) => place !== index))}
            >
              <X size={14} aria-hidden />
            </ActionIcon>
          </div>
        ))}
        <div>
          <Button
            variant="default"
            size="compact-xs"
            leftSection={<Plus size={12} aria-hidden />}
            onClick={() => put([...members, emptyOf(items.type)])}
          >
            {`Add to ${label}`}
          </Button>
        </div>
        {props.error !== undefined && props.error !== null && (
          <div role="alert" style={{ color: 'var(--gp-destroy)' }}>
            {props.error}
          </div>
        )}
      </Stack>
    </Fieldset>
  );
}
