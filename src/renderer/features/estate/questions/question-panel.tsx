import type { ReactElement } from 'react';
import { Select, Stack } from '../../../ui/index.ts';
import { DependentsPanel } from './dependents-panel.tsx';
import { InternetPanel } from './internet-panel.tsx';
import { OverlapsPanel } from './overlaps-panel.tsx';
import { PathPanel } from './path-panel.tsx';
import { questionsOf, questionTitles, type Question, type Subject } from './questions.ts';
import { UsesPanel } from './uses-panel.tsx';

export interface QuestionPanelProps {
  subject: Subject;
  question: Question;
  onQuestion: (question: Question) => void;
  /** The resource or the selection; empty for the estate. */
  ids: readonly string[];
  /** Where to ask about the estate; empty is everywhere. */
  place: { readonly scopes: readonly string[]; readonly regions: readonly string[] };
  to: string | null;
  onTo: (id: string | null) => void;
  onSelect: (id: string) => void;
}

/** One question about a resource, a selection or the estate, and its answer. */
export function QuestionPanel(props: QuestionPanelProps): ReactElement {
  const { subject, onQuestion } = props;
  const possible = questionsOf[subject];
  const question = possible.find((known) => known === props.question) ?? possible[0] ?? 'dependents';
  return (
    <Stack gap={12}>
      <Select
        aria-label="Question"
        value={question}
        allowDeselect={false}
        onChange={(value) => onQuestion(possible.find((known) => known === value) ?? question)}
        data={possible.map((known) => ({ value: known, label: questionTitles[known] }))}
      />
      <Answer {...props} question={question} />
    </Stack>
  );
}

function Answer({ question, ids, place, to, onTo, onSelect }: QuestionPanelProps): ReactElement | null {
  const [id] = ids;
  switch (question) {
    case 'dependents':
    case 'dependencies':
      return <DependentsPanel key={question} ids={ids} direction={question} onSelect={onSelect} />;
    case 'uses':
      return id === undefined ? null : <UsesPanel id={id} onSelect={onSelect} />;
    case 'internet':
      return <InternetPanel ids={ids} {...place} onSelect={onSelect} />;
    case 'path':
      return id === undefined ? null : <PathPanel from={id} to={to} onTo={onTo} onSelect={onSelect} />;
    case 'overlaps':
      return <OverlapsPanel onSelect={onSelect} />;
  }
}
