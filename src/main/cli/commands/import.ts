import path from 'node:path';
import type { Command } from 'commander';
import type { EstateImportReport, ImportedFile, ReferenceCounts, Run } from '#shared/model/index.ts';
import { runAction } from '../command.ts';
import { endOfRun } from '../follow-run.ts';
import { table } from '../output.ts';

/** import: exports made elsewhere, as facts. */
export function addImportCommand(program: Command): void {
  program
    .command('import <files...>')
    .description('read exports of the clouds, Terraform and OpenTofu states and plans, and archives of Groundplan')
    .action((files: string[], _options, command: Command) =>
      runAction(
        command,
        async (context) => {
          const { client, output, signal } = context;
          // The engine may be another program's, with another current folder.
          const paths = files.map((file) => path.resolve(file));
          const { run } = await client.imports.start({ paths }, { signal });
          const ended = await endOfRun(context, run);
          const report = await client.imports.report({ run }, {});
          output.answer({ run: ended, files: report.files, references: report.references }, (answer) =>
            describeImport(answer.run, report),
          );
          return ended.status === 'failed' || ended.status === 'cancelled' ? 1 : 0;
        },
        'new',
      ),
    );
}

function describeImport(
  run: Run,
  { files, references }: EstateImportReport & { readonly references: ReferenceCounts | null },
): string {
  const rows = files.map((file) => [file.name, file.format, file.status, file.records, file.broken, file.resources]);
  const details = files.flatMap(describeFile);
  return [
    `Run ${run.id} ${run.status}: ${run.resources} resources, ${run.relationships} relationships.`,
    ...(references === null
      ? []
      : [
          `${references.resolved} relationships lead to what is known, ${references.unresolved} to what nobody listed.`,
        ]),
    ...(run.error === null ? [] : [run.error]),
    '',
    table(['file', 'format', 'read', 'records', 'broken', 'resources'], rows),
    ...(details.length === 0 ? [] : ['', ...details]),
  ].join('\n');
}

/** `file:line: why`, as compilers print it, so that editors find the place. */
function describeFile({ name, error, broken, notes, passedOver, problems }: ImportedFile): string[] {
  const more = broken - problems.length;
  return [
    ...(error === null ? [] : [`${name}: ${error}`]),
    ...problems.map(({ line, offset, why }) => `${name}:${line}: byte ${offset}: ${why}.`),
    ...(more > 0 ? [`${name}: and ${more} more broken records.`] : []),
    ...passedOver.map(({ why, records }) => `${name}: passed over ${records}: ${why}.`),
    ...notes.map((note) => `${name}: ${note}`),
  ];
}
