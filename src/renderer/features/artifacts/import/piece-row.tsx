import { ChevronDown, ChevronRight } from 'lucide-react';
import { memo, useId, useState, type ReactElement } from 'react';
import { boundaries, type FoundPiece } from '#shared/model/index.ts';
import {
  ActionIcon,
  Checkbox,
  Group,
  Select,
  Stack,
  StatusBadge,
  TextInput,
  type StatusTone,
} from '../../../ui/index.ts';
import { ProblemList } from '../problem-list.tsx';
import { firstChoice, uncertainPorts, withPort, type Choice } from './choices.ts';
import classes from './import.module.css';
import { PortCorrections } from './port-corrections.tsx';

const existingWords: Readonly<
  Record<FoundPiece['existing'], { readonly text: string; readonly tone: StatusTone } | null>
> = {
  none: null,
  same: { text: 'there already', tone: 'neutral' },
  earlier: { text: 'changed since it was imported', tone: 'info' },
  edited: { text: 'replaces a copy edited in the workspace', tone: 'attention' },
  other: { text: 'replaces another artifact of this name', tone: 'attention' },
};

function countOf(word: string, count: number): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function summaryOf(found: FoundPiece): string {
  const { artifact } = found;
  if (artifact === null) return `${found.runner} · cannot be imported`;
  const unknown = uncertainPorts(found).filter(({ how }) => how === 'unknown').length;
  return [
    found.runner,
    countOf('input', Object.keys(artifact.inputs.properties).length),
    countOf('output', Object.keys(artifact.outputs.properties).length),
    ...(unknown === 0 ? [] : [`${unknown} of unknown type`]),
  ].join(' · ');
}

interface PieceProps {
  found: FoundPiece;
  choice: Choice;
  onChoice: (choice: Choice) => void;
}

interface PieceRowProps {
  found: FoundPiece;
  /** What the user decided; nothing for what was proposed. */
  said: Choice | undefined;
  onChoice: (found: FoundPiece, choice: Choice) => void;
}

/** One piece that was found: whether it is wanted, and under its arrow what can be corrected. */
export const PieceRow = memo(function PieceRow({ found, said, onChoice: choose }: PieceRowProps): ReactElement {
  const choice = said ?? firstChoice(found);
  const onChoice = (changed: Choice): void => choose(found, changed);
  const [open, setOpen] = useState(false);
  const details = useId();
  const errors = found.problems.filter(({ severity }) => severity === 'error').length;
  const existing = existingWords[found.existing];
  const place = found.piece === '.' ? found.path : found.piece;
  return (
    <li className={classes.piece}>
      <div className={classes.line}>
        <Checkbox
          aria-label={`Import ${found.name}`}
          checked={choice.wanted}
          disabled={found.artifact === null}
          onChange={(event) => onChoice({ ...choice, wanted: event.currentTarget.checked })}
        />
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`Details of ${found.name}`}
          aria-expanded={open}
          aria-controls={details}
          onClick={() => setOpen(!open)}
        >
          {open ? <ChevronDown size={16} aria-hidden /> : <ChevronRight size={16} aria-hidden />}
        </ActionIcon>
        <strong>{choice.name}</strong>
        <span className={`gp-mono ${classes.place}`}>{place}</span>
        <span className="gp-dimmed">{summaryOf(found)}</span>
        {errors > 0 && <StatusBadge tone="bad">{countOf('error', errors)}</StatusBadge>}
        {existing !== null && <StatusBadge tone={existing.tone}>{existing.text}</StatusBadge>}
      </div>
      <div id={details} hidden={!open} className={classes.details}>
        {open && <Details found={found} choice={choice} onChoice={onChoice} />}
      </div>
    </li>
  );
});

function Details({ found, choice, onChoice }: PieceProps): ReactElement {
  const { artifact, problems } = found;
  return (
    <Stack gap={12}>
      {problems.length > 0 && <ProblemList problems={problems} label={`Problems of ${found.name}`} />}
      {artifact !== null && (
        <>
          <Group align="flex-start">
            <TextInput
              label="Name"
              value={choice.name}
              onChange={(event) => onChoice({ ...choice, name: event.currentTarget.value })}
            />
            <Select
              label="Boundary"
              inputWrapperOrder={['label', 'input', 'description']}
              description={`${artifact.boundary} was proposed: ${found.boundaryBecause}`}
              data={[...boundaries]}
              value={choice.boundary ?? artifact.boundary}
              allowDeselect={false}
              onChange={(value) =>
                onChoice({
                  ...choice,
                  boundary: boundaries.find((one) => one === value && one !== artifact.boundary) ?? null,
                })
              }
            />
          </Group>
          <PortCorrections
            found={found}
            artifact={artifact}
            choice={choice}
            onChange={(change) => onChoice(withPort(choice, change))}
          />
        </>
      )}
    </Stack>
  );
}
