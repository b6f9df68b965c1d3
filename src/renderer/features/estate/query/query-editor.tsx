import { Play, Save } from 'lucide-react';
import { useCallback, useImperativeHandle, useRef, type ReactElement, type Ref } from 'react';
import { Button, Group, NumberInput, Textarea } from '../../../ui/index.ts';
import { offsetOf } from './places.ts';

/** What others may do to the text: write where the cursor is, and show a place. */
export interface EditorActions {
  insert(text: string): void;
  /** Lines and columns from 1. */
  show(place: { readonly line: number; readonly column: number; readonly length: number }): void;
}

export interface QueryLimits {
  readonly rows: number;
  readonly seconds: number;
}

export interface QueryEditorProps {
  cypher: string;
  onCypher: (cypher: string) => void;
  limits: QueryLimits;
  onLimits: (limits: QueryLimits) => void;
  onRun: () => void;
  onSave: () => void;
  isRunning: boolean;
  ref: Ref<EditorActions>;
}

/** The query as text, and how much of the machine it may take. */
export function QueryEditor(props: QueryEditorProps): ReactElement {
  const { cypher, onCypher, limits, onLimits, ref } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  const select = useCallback((from: number, to: number) => {
    // After the new text stands in the field.
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(from, to);
    });
  }, []);
  useImperativeHandle(
    ref,
    () => ({
      insert(text) {
        const from = field.current?.selectionStart ?? cypher.length;
        const to = field.current?.selectionEnd ?? from;
        onCypher(cypher.slice(0, from) + text + cypher.slice(to));
        select(from + text.length, from + text.length);
      },
      show(place) {
        const from = offsetOf(cypher, place);
        select(from, from + Math.max(1, place.length));
      },
    }),
    [cypher, onCypher, select],
  );
  return (
    <>
      <Textarea
        ref={field}
        label="Cypher"
        description="Read-only. Ctrl+Enter runs it."
        value={cypher}
        onChange={(event) => onCypher(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            props.onRun();
          }
        }}
        spellCheck={false}
        autosize
        minRows={8}
        maxRows={18}
        styles={{ input: { fontFamily: 'var(--gp-mono)' } }}
      />
      <Group gap={8} align="end">
        <NumberInput
          label="Rows at most"
          w={110}
          min={1}
          max={10_000}
          clampBehavior="strict"
          allowDecimal={false}
          value={limits.rows}
          onChange={(value) => onLimits({ ...limits, rows: Math.max(1, Number(value) || 1) })}
        />
        <NumberInput
          label="Seconds at most"
          w={120}
          min={1}
          max={60}
          clampBehavior="strict"
          allowDecimal={false}
          value={limits.seconds}
          onChange={(value) => onLimits({ ...limits, seconds: Math.max(1, Number(value) || 1) })}
        />
        <Button leftSection={<Play size={14} aria-hidden />} loading={props.isRunning} onClick={props.onRun}>
          Run the query
        </Button>
        <Button variant="default" leftSection={<Save size={14} aria-hidden />} onClick={props.onSave}>
          Save
        </Button>
      </Group>
    </>
  );
}
