import type { ReactElement } from 'react';
import { z } from 'zod';
import type { WireError } from '#shared/errors/index.ts';
import { Button, CodeBlock, FailedState } from '../../../ui/index.ts';
import { excerptOf } from './places.ts';
import type { EditorActions } from './query-editor.tsx';

const placeSchema = z.object({ line: z.number(), column: z.number(), word: z.string().catch('') });

/** Why a query was not answered, with the place in it and the way there. */
export function QueryFailure(props: {
  error: WireError;
  /** The query that failed. */
  cypher: string;
  onShow: EditorActions['show'];
}): ReactElement {
  const { error, cypher, onShow } = props;
  const found = placeSchema.safeParse(error.details);
  if (!found.success) return <FailedState title="The query could not be answered" error={error} />;
  const { line, column, word } = found.data;
  const place = { line, column, length: word.length };
  return (
    <div>
      <FailedState
        title="The query could not be answered"
        error={error}
        action={
          <Button variant="default" onClick={() => onShow(place)}>
            Go to line {line}, column {column}
          </Button>
        }
      />
      <div style={{ maxWidth: 640, margin: '0 auto' }}>
        <CodeBlock label="place in the query" text={excerptOf(cypher, place)} />
      </div>
    </div>
  );
}
