import { Textarea } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { jsonSchema, type Json } from '#shared/base/json.ts';
import { describeType } from '#shared/wiring/index.ts';
import { commonProps, placeholderOf, type SchemaFieldProps } from './types.ts';

function textOf(value: Json | undefined): string {
  return value === undefined ? '' : JSON.stringify(value, null, 2);
}

function read(text: string): { readonly value: Json | undefined } | { readonly problem: string } {
  if (text.trim() === '') return { value: undefined };
  try {
    return { value: jsonSchema.parse(JSON.parse(text)) };
  } catch (thrown) {
    return { problem: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

/** A value of any shape as JSON; told on leaving the field, so that half a value is never taken. */
export function JsonField(props: SchemaFieldProps): ReactElement {
  const { value, onChange, schema } = props;
  const [draft, setDraft] = useState<{ readonly text: string; readonly of: Json | undefined } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  // What is being typed holds as long as nobody else changed the value meanwhile.
  const text = draft !== null && draft.of === value ? draft.text : textOf(value);
  const error = problem ?? props.error ?? null;
  return (
    <Textarea
      {...commonProps({ ...props, error, description: props.description ?? `${describeType(schema)}, as JSON` })}
      value={text}
      placeholder={placeholderOf(schema)}
      autosize
      minRows={2}
      maxRows={12}
      spellCheck={false}
      styles={{ input: { fontFamily: 'var(--gp-mono)', fontSize: 12 } }}
      onChange={(event) => {
        setDraft({ text: event.currentTarget.value, of: value });
        setProblem(null);
      }}
      onBlur={() => {
        const result = read(text);
        if ('problem' in result) setProblem(`This is not JSON: ${result.problem}`);
        else if (JSON.stringify(result.value) !== JSON.stringify(value)) onChange(result.value);
      }}
    />
  );
}
