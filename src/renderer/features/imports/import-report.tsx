import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { ImportedFile } from '#shared/model/index.ts';
import { QueryView, useEngine } from '../../rpc/index.ts';
import { Stack, StatusBadge, Table, Text, type StatusTone } from '../../ui/index.ts';
import classes from './imports.module.css';

const looks: Readonly<Record<ImportedFile['status'], { readonly tone: StatusTone; readonly word: string }>> = {
  read: { tone: 'good', word: 'read' },
  partly: { tone: 'attention', word: 'partly read' },
  refused: { tone: 'bad', word: 'not read' },
};

const formatNames: Readonly<Record<NonNullable<ImportedFile['format']>, string>> = {
  'aws-config': 'AWS Config',
  'aws-config-query': 'AWS Config query',
  'azure-resources': 'Azure Resource Graph',
  'azure-csv': 'Azure Resource Graph (CSV)',
  'gcp-assets': 'Google Cloud assets',
  'terraform-state': 'Terraform state',
  'terraform-plan': 'Terraform plan',
  'facts-archive': 'Groundplan archive',
};

const number = (value: number): string => value.toLocaleString('en');

/** What an import read and what it did not, file by file. */
export function ImportReport({ run }: { run: number }): ReactElement {
  const { api } = useEngine();
  const report = useQuery(api.imports.report.queryOptions({ input: { run } }));
  return (
    <QueryView query={report} loading="Reading the report" failed="The report of this import could not be read">
      {({ files, references }) => (
        <Stack gap={12}>
          <Table aria-label="Files that were imported">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>File</Table.Th>
                <Table.Th>What it is</Table.Th>
                <Table.Th>Read</Table.Th>
                <Table.Th ta="end">Records</Table.Th>
                <Table.Th ta="end">Broken</Table.Th>
                <Table.Th ta="end">Resources</Table.Th>
                <Table.Th ta="end">Kinds</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {files.map((file) => (
                <Table.Tr key={file.name}>
                  <Table.Td style={{ overflowWrap: 'anywhere' }}>{file.name}</Table.Td>
                  <Table.Td>{file.format === null ? 'not known' : formatNames[file.format]}</Table.Td>
                  <Table.Td>
                    <StatusBadge tone={looks[file.status].tone}>{looks[file.status].word}</StatusBadge>
                  </Table.Td>
                  <Table.Td ta="end">{number(file.records)}</Table.Td>
                  <Table.Td ta="end">{number(file.broken)}</Table.Td>
                  <Table.Td ta="end">{number(file.resources)}</Table.Td>
                  <Table.Td ta="end" title={file.kinds.map(({ kind, resources }) => `${kind} ${resources}`).join('\n')}>
                    {number(file.kinds.length)}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          {references !== null && files.some(({ relationships }) => relationships > 0) && (
            <Text>
              {number(references.resolved)} relationships lead to what is known, {number(references.unresolved)} to what
              nobody listed.
            </Text>
          )}
          {files.map((file) => (
            <FileDetails key={file.name} file={file} />
          ))}
        </Stack>
      )}
    </QueryView>
  );
}

/** What a person should know about one file: why it ended, what is broken where, what was passed over. */
function FileDetails({ file }: { file: ImportedFile }): ReactElement | null {
  const { broken, error, name, notes, passedOver, problems } = file;
  const lines = [
    ...(error === null ? [] : [error]),
    ...problems.map(({ line, offset, why }) => `line ${line}, byte ${offset}: ${why}.`),
    ...(broken > problems.length ? [`and ${number(broken - problems.length)} more broken records.`] : []),
    ...passedOver.map(({ records, why }) => `Passed over ${number(records)}: ${why}.`),
    ...notes,
  ];
  if (lines.length === 0) return null;
  return (
    <section aria-label={name}>
      <Text fw={600}>{name}</Text>
      <ul className={classes.problems}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}
