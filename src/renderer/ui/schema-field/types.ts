import type { Json } from '#shared/base/json.ts';
import type { PortSchema } from '#shared/model/index.ts';

export interface SchemaFieldProps {
  readonly schema: PortSchema;
  /** Undefined: not set; the default, if there is one, applies. */
  readonly value: Json | undefined;
  readonly onChange: (value: Json | undefined) => void;
  /** The field's visible name, also for screen readers. */
  readonly label: string;
  readonly required?: boolean;
  readonly description?: string | undefined;
  readonly error?: string | null;
  readonly disabled?: boolean;
  /** The DOM id of the input, so that a problem can lead to it. */
  readonly id?: string;
}

/** What every input of the component library takes, from a field's properties. */
export function commonProps(props: SchemaFieldProps) {
  const { schema, label, required, disabled, id, error } = props;
  const description = props.description ?? schema.description;
  return {
    label,
    ...(required === true ? { withAsterisk: true } : {}),
    ...(disabled === true ? { disabled: true } : {}),
    ...(id === undefined ? {} : { id }),
    ...(description === undefined || description === '' ? {} : { description }),
    ...(error === undefined || error === null ? {} : { error }),
  };
}

/** The default as a placeholder: `default: small`. */
export function placeholderOf(schema: PortSchema): string {
  if (schema.default !== undefined) {
    const text = typeof schema.default === 'string' ? schema.default : JSON.stringify(schema.default);
    return schema['x-sensitive'] === true ? 'has a default' : `default: ${text === '' ? 'empty' : text}`;
  }
  const [example] = schema.examples ?? [];
  return example === undefined ? '' : `for example ${typeof example === 'string' ? example : JSON.stringify(example)}`;
}
