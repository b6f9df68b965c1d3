import { useCallback, useState, type ReactElement } from 'react';
import type { FoundPiece } from '#shared/model/index.ts';
import { useEngine, useStream } from '../../../rpc/index.ts';
import { Button, FailedNotice, Group, PartialNotice, Progress, Stack, StatusBadge } from '../../../ui/index.ts';
import { choiceOf, keyOf, type Choice, type Choices } from './choices.ts';
import { PieceRow } from './piece-row.tsx';
import type { ChosenPiece } from './run-import.ts';

interface Looked {
  readonly pieces: readonly FoundPiece[];
  readonly doing: { readonly text: string; readonly done: number; readonly total: number | null } | null;
}

const nothing: Looked = { pieces: [], doing: null };

type Item = { readonly type: 'piece'; readonly piece: FoundPiece } | ({ readonly type: 'doing' } & Looked['doing']);

/** What was found so far with what came since: a repository of a thousand pieces is not copied for every one. */
function gathered({ pieces, doing }: Looked, items: readonly Item[]): Looked {
  const found = items.flatMap((item) => (item.type === 'piece' ? [item.piece] : []));
  const last = items.findLast((item) => item.type === 'doing');
  return { pieces: found.length === 0 ? pieces : [...pieces, ...found], doing: last ?? doing };
}

/** What lies at the paths, piece by piece as it is read; each may be corrected or left out. */
export function LookThrough(props: {
  paths: readonly string[];
  onBack: () => void;
  onImport: (pieces: readonly ChosenPiece[]) => void;
}): ReactElement {
  const { client } = useEngine();
  const [choices, setChoices] = useState<Choices>({});
  const [stopped, setStopped] = useState(false);
  const paths = [...props.paths];
  const { value, status, error } = useStream({
    open: stopped ? null : (signal) => client.artifacts.examine({ paths }, { signal }),
    key: paths.join('\n'),
    initial: nothing,
    fold: (looked: Looked, item: Item) => gathered(looked, [item]),
    foldMany: gathered,
  });
  const { pieces, doing } = value;
  const choose = useCallback(
    (found: FoundPiece, choice: Choice) => setChoices((before) => ({ ...before, [keyOf(found)]: choice })),
    [],
  );
  const reading = status === 'running' && !stopped;
  const wanted = pieces
    .map((found): ChosenPiece => ({ found, choice: choiceOf(choices, found) }))
    .filter(({ found, choice }) => choice.wanted && found.artifact !== null);
  const unreadable = pieces.filter(({ artifact }) => artifact === null).length;
  return (
    <Stack>
      {reading && (
        <div role="status">
          <Group justify="space-between" wrap="nowrap">
            <span>
              {doing === null ? 'Opening…' : `${doing.text}…`}
              {doing !== null && doing.total !== null && ` ${doing.done} of ${doing.total} read`}
            </span>
            <Button variant="default" size="xs" onClick={() => setStopped(true)}>
              Stop looking
            </Button>
          </Group>
          <Progress
            mt={6}
            aria-label="Pieces read"
            value={doing === null || doing.total === null ? 0 : (doing.done / doing.total) * 100}
          />
        </div>
      )}
      {error !== null && <FailedNotice title="The paths could not be looked at." error={error} />}
      {stopped && (
        <PartialNotice>{`Looking was stopped: ${pieces.length} pieces are shown, there may be more.`}</PartialNotice>
      )}
      {pieces.length > 0 && (
        <p style={{ margin: 0 }} role="status">
          {`${pieces.length} found`}
          {unreadable > 0 && (
            <>
              {' · '}
              <StatusBadge tone="bad">{`${unreadable} cannot be read`}</StatusBadge>
            </>
          )}
        </p>
      )}
      <ul aria-label="Pieces" style={{ margin: 0, padding: 0, listStyle: 'none' }}>
        {pieces.map((found) => (
          <PieceRow key={keyOf(found)} found={found} said={choices[keyOf(found)]} onChoice={choose} />
        ))}
      </ul>
      <Group justify="flex-end">
        <Button variant="default" onClick={props.onBack}>
          Back
        </Button>
        <Button disabled={reading || wanted.length === 0} onClick={() => props.onImport(wanted)}>
          {wanted.length === 0 ? 'Nothing is chosen' : `Import ${wanted.length}`}
        </Button>
      </Group>
    </Stack>
  );
}
