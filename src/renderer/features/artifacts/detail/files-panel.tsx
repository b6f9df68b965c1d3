import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { QueryView, useEngine } from '../../../rpc/index.ts';
import { CodeBlock, Select, Stack } from '../../../ui/index.ts';

/** The source files of an artifact, to read. */
export function FilesPanel({ name }: { name: string }): ReactElement {
  const { api } = useEngine();
  const files = useQuery(api.artifacts.files.queryOptions({ input: { name } }));
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <QueryView query={files} loading={`Reading the files of ${name}`} failed={`The files of ${name} could not be read`}>
      {(data) => {
        const file = data.find(({ path }) => path === chosen) ?? data[0];
        if (file === undefined) return <p className="gp-dimmed">It has no files.</p>;
        return (
          <Stack>
            <Select
              label={`File (${data.length})`}
              data={data.map(({ path }) => path)}
              value={file.path}
              searchable
              allowDeselect={false}
              onChange={setChosen}
            />
            <CodeBlock text={file.text} label={file.path} />
          </Stack>
        );
      }}
    </QueryView>
  );
}
