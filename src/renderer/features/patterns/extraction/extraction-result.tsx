import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { Extraction } from '#shared/model/index.ts';
import { CodeBlock, PartialNotice, Stack, Text, Title } from '../../../ui/index.ts';

/** What was written, and where it leads on. */
export function ExtractionResult({ extraction }: { extraction: Extraction }): ReactElement {
  return (
    <Stack gap={8}>
      <Title order={2}>
        {extraction.blueprint} {extraction.version} is made
      </Title>
      <Text>
        {extraction.artifacts
          .map((artifact) => `${artifact.name} (${artifact.boundary}, ${artifact.resources} resources)`)
          .join(', ')}
        ; environments {extraction.environments.join(', ')}.
      </Text>
      <Text>
        <Link to="/blueprints/$name" params={{ name: extraction.blueprint }}>
          Open it on the canvas
        </Link>
      </Text>
      {extraction.problems.map((problem) => (
        <PartialNotice key={`${problem.code} ${problem.message}`}>
          {problem.message} {problem.advice} {problem.file ?? ''}
        </PartialNotice>
      ))}
      <details>
        <summary>{extraction.files.length} files written</summary>
        <CodeBlock text={extraction.files.join('\n')} label="files written" maxHeight={240} />
      </details>
    </Stack>
  );
}
