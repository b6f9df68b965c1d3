import path from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import { redactions, type ArchiveReport, type Redaction } from '#shared/model/index.ts';
import { runAction } from '../command.ts';
import { runNumber } from './runs.ts';

/** export: the estate as one file, to be imported elsewhere. */
export function addExportCommand(program: Command): void {
  program
    .command('export <file>')
    .description('write the estate into one file that `groundplan import` reads')
    .option(
      '--redact [what]',
      `replace ${redactions.join(', ')} by pseudonyms, the same by the same: some of them with commas between, or all`,
      readRedactions,
    )
    .option('--run <id>', 'as it stood after a run', runNumber)
    .action((file: string, options: { redact?: Redaction[] | true; run?: number }, command: Command) =>
      runAction(command, async ({ client, output, signal }) => {
        const redact = options.redact === true ? [...redactions] : (options.redact ?? []);
        const request = { path: path.resolve(file), redact, asOf: options.run ?? null };
        output.answer(await client.archives.write(request, { signal }), describeArchive);
        return 0;
      }),
    );
}

function readRedactions(text: string): Redaction[] {
  if (text === 'all') return [...redactions];
  return text.split(',').map((word) => {
    const found = redactions.find((one) => one === word.trim());
    if (found === undefined) throw new InvalidArgumentError(`Give some of ${redactions.join(', ')}, or all.`);
    return found;
  });
}

function describeArchive({ bytes, cells, path: file, redacted, relationships, resources }: ArchiveReport): string {
  const what = `${resources} resources, ${relationships} relationships, ${cells} cells of the ledger`;
  const hidden = redacted.length === 0 ? '' : ` Replaced by pseudonyms: ${redacted.join(', ')}.`;
  return `Wrote ${file}: ${what}, ${(bytes / 2 ** 20).toFixed(1)} MiB.${hidden}`;
}
