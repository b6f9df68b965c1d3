import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { problemsOfIssues } from '#shared/blueprint/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { splitDecisionsSchema, type SplitDecisions, type SplitProposal } from '#shared/model/index.ts';
import { parseYaml, placeProblems } from '../../engine/files/index.ts';
import { runAction } from '../command.ts';
import { wholeNumber } from '../options.ts';
import { problemLine, table } from '../output.ts';

interface SplitOptions {
  readonly pins?: string;
  readonly groups?: number;
}

/** split: a monolithic root into parts. */
export function addSplitCommand(program: Command): void {
  program
    .command('split <root>')
    .description('take a monolithic Terraform or OpenTofu root apart')
    .option('--pins <file>', 'YAML with what was decided: pins, names, fineness, groups, files')
    .option('--groups <n>', 'how many parts', wholeNumber(1, 200))
    .action((root: string, options: SplitOptions, command: Command) =>
      runAction(
        command,
        async ({ client, output, signal }) => {
          const decisions = await readDecisions(options);
          const proposal = await client.split.propose({ root: path.resolve(root), decisions }, { signal });
          output.answer(proposal, describe);
          return proposal.cycles.length > 0 || proposal.problems.some(({ severity }) => severity === 'error') ? 1 : 0;
        },
        'optional',
      ),
    );
}

/** What the file of pins and the options decide. Throws `bad-input` with file, line and column. */
async function readDecisions(options: SplitOptions): Promise<SplitDecisions> {
  const groups = options.groups === undefined ? {} : { groups: options.groups };
  if (options.pins === undefined) return splitDecisionsSchema.parse(groups);
  const text = await readFile(options.pins, 'utf8').catch((cause: unknown) => {
    throw new AppError('not-found', `${options.pins} cannot be read.`, { advice: 'Check the path.', cause });
  });
  const yaml = parseYaml(text, options.pins);
  const parsed = splitDecisionsSchema.safeParse(yaml.value ?? {});
  if (yaml.problems.length === 0 && parsed.success) return { ...parsed.data, ...groups };
  const fields = Object.keys(splitDecisionsSchema.shape);
  const problems =
    yaml.problems.length > 0 || parsed.error === undefined
      ? yaml.problems
      : placeProblems(problemsOfIssues(parsed.error.issues, fields), yaml, options.pins);
  throw new AppError('bad-input', problems.map(problemLine).join('\n'), {
    advice: 'Mend the file; nothing was written.',
    details: { problems: problems.map(problemLine) },
  });
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}

function describe(proposal: SplitProposal): string {
  const { groups, moves, scores, interfaces, cycles, problems } = proposal;
  return [
    `${proposal.members.length} resources and module calls in ${proposal.lines} lines, ${groups.length} parts:`,
    '',
    table(
      ['part', 'boundary', 'resources', 'stateful', 'takes', 'gives', 'after'],
      groups.map(({ name, boundary, resources, stateful, after }) => [
        name,
        boundary,
        resources.length,
        stateful,
        interfaces.filter(({ consumer }) => consumer === name).length,
        new Set(interfaces.flatMap(({ output }) => (output.startsWith(`${name}.`) ? [output] : []))).size,
        after.join(', '),
      ]),
    ),
    '',
    `${scores.crossingReferences} references cross, over ${scores.interfaceWidth} values; the largest part holds ${percent(scores.largestShare)}; ${scores.mixedGroups} parts hold data and what runs on it side by side.`,
    `${moves.length} moved to remove cycles (${percent(scores.movedShare)})${moves.length === 0 ? '.' : ':'}`,
    ...moves.map(({ address, from, to, why }) => `  ${address}: ${from} → ${to}, because ${why}`),
    ...cycles.map(({ why }) => `error: ${why}`),
    ...problems.map(problemLine),
  ].join('\n');
}
