import type { ReactElement } from 'react';
import type { Draft } from '#shared/model/index.ts';
import { CodeBlock, PartialNotice, Screen, Stack } from '../../../ui/index.ts';

/** A file that is no blueprint: what is wrong where, and its text. The canvas opens by itself once it can be read. */
export function UnreadableDraft({ draft }: { draft: Draft }): ReactElement {
  return (
    <Screen title={draft.name} state="cannot be shown on the canvas" padded>
      <Stack>
        <PartialNotice>
          {`blueprints/${draft.name}/blueprint.yaml cannot be read as a blueprint. Mend it in an editor; the canvas opens as soon as it can be read.`}
        </PartialNotice>
        <ul>
          {draft.problems.map((problem) => (
            <li key={`${problem.code} ${problem.field ?? ''} ${problem.message}`}>
              {problem.line === null
                ? ''
                : `line ${problem.line}${problem.column === null ? '' : `, column ${problem.column}`}: `}
              {problem.message} {problem.advice}
            </li>
          ))}
        </ul>
        <CodeBlock text={draft.text} label={`blueprints/${draft.name}/blueprint.yaml`} />
      </Stack>
    </Screen>
  );
}
