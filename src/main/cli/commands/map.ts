import type { Command } from 'commander';
import { discoverableCloudSchema, type DiscoverableCloud, type EstateStats } from '#shared/model/index.ts';
import { askMap } from '../ask-map.ts';
import { runAction } from '../command.ts';
import { collectCheckedBy } from '../options.ts';
import { table } from '../output.ts';
import { addCoverageCommand } from './coverage.ts';
import { addQueryCommands } from './queries.ts';
import { addQuestionCommands } from './questions.ts';
import { addCompareCommand, runNumber } from './runs.ts';

/** graph, coverage, policy: reading the map, and what making it needs. */
export function addMapCommands(program: Command): void {
  const graph = program.command('graph').description('ask the cloud graph');
  graph
    .command('stats')
    .description('how much of what there is')
    .option('--run <id>', 'as it stood after a run', runNumber)
    .action(({ run }: { run?: number }, command: Command) =>
      askMap(command, async ({ client, output, signal }) => {
        output.answer(countsOf(await client.estate.stats({ asOf: run ?? null }, { signal })), describeCounts);
        return 0;
      }),
    );
  addQueryCommands(graph);
  addCompareCommand(graph);
  addQuestionCommands(graph);

  addCoverageCommand(program);

  program
    .command('policy')
    .description('the least that mapping a cloud needs, as a policy or role to keep in a file')
    .option(
      '--cloud <cloud>',
      'which cloud (repeatable): aws, azure, gcp; all without it',
      collectCheckedBy(discoverableCloudSchema),
      [],
    )
    .action(({ cloud: wanted }: { cloud: DiscoverableCloud[] }, command: Command) =>
      runAction(
        command,
        async ({ client, output, signal }) => {
          const { policies } = await client.discovery.steps(undefined, { signal });
          const chosen = policies.filter(({ cloud }) => wanted.length === 0 || wanted.includes(cloud));
          // One alone is printed as it is, so that it can go into a file.
          output.answer({ policies: chosen }, () =>
            chosen.length === 1
              ? (chosen[0]?.text ?? '')
              : chosen.map(({ title, text }) => `${title}:\n\n${text}`).join('\n\n'),
          );
          return 0;
        },
        'none',
      ),
    );
}

// The shapes below are what scripts rely on: a field more on a screen does not change them.

type Counts = Pick<EstateStats, 'resources' | 'relationships' | 'scopes' | 'byKind' | 'byRelationship' | 'runs'>;

function countsOf({ resources, relationships, scopes, byKind, byRelationship, runs }: EstateStats): Counts {
  return { resources, relationships, scopes, byKind, byRelationship, runs };
}

function describeCounts(counts: Counts): string {
  return [
    `${counts.resources} resources, ${counts.relationships} relationships, ${counts.scopes} scopes, ${counts.runs} runs`,
    '',
    table(['kind', 'resources'], Object.entries(counts.byKind)),
    '',
    table(['relationship', 'number'], Object.entries(counts.byRelationship)),
  ].join('\n');
}
