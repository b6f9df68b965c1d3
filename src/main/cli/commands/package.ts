import path from 'node:path';
import type { Command } from 'commander';
import { runAction } from '../command.ts';
import { readReference, type Reference } from '../options.ts';
import { problemLine, table } from '../output.ts';
import { artifactDiffText } from '../describe-artifact.ts';
import { addPatternCommands } from './patterns.ts';

/** artifact, blueprint, pattern: from code and reality to versions in the catalog. */
export function addPackageCommands(program: Command): void {
  const artifact = program.command('artifact').description('infrastructure code in normal form');
  artifact
    .command('import <path...>')
    .description('import infrastructure code: modules, charts (packed ones too), templates, scripts')
    .option('--name <name>', 'a name of your own (one path only)')
    .option('--update', 'take the place of other code of the same name; corrections stay')
    .action((paths: string[], options: { name?: string; update?: boolean }, command: Command) =>
      runAction(command, async ({ client, output, signal }) => {
        const request = {
          // The engine may run in another folder than the one the paths were written in.
          paths: paths.map((one) => path.resolve(one)),
          ...(options.name === undefined ? {} : { name: options.name }),
          ...(options.update === undefined ? {} : { update: options.update }),
        };
        const report = await client.artifacts.import(request, { signal });
        output.answer(report, ({ imported, updated, problems }) =>
          [
            ...imported.map(
              (one) =>
                `${updated.includes(one.name) ? 'Updated' : 'Imported'} ${one.name} ${one.version} (${one.boundary}): ${count(one.inputs)} inputs, ${count(one.outputs)} outputs.`,
            ),
            ...problems.map(problemLine),
          ].join('\n'),
        );
        if (report.imported.length === 0) return 2;
        return report.problems.some(({ severity }) => severity === 'error') ? 1 : 0;
      }),
    );
  artifact
    .command('list')
    .description('the artifacts of this workspace')
    .action((_options, command: Command) =>
      runAction(command, async ({ client, output, signal }) => {
        const answer = await client.artifacts.list(undefined, { signal });
        output.answer(answer, ({ artifacts, problems }) =>
          [
            table(
              ['name', 'version', 'runner', 'boundary', 'inputs', 'outputs'],
              artifacts.map((one) => [
                one.name,
                one.version,
                one.runner,
                one.boundary,
                count(one.inputs),
                count(one.outputs),
              ]),
            ),
            ...problems.map(problemLine),
          ].join('\n'),
        );
        return 0;
      }),
    );
  artifact
    .command('show <name>')
    .description('inputs and outputs of one artifact, with where each was read from')
    .action((name: string, _options, command: Command) =>
      runAction(command, async ({ client, output, signal }) => {
        output.answer(await client.artifacts.get({ name }, { signal }), (one) => JSON.stringify(one, null, 2));
        return 0;
      }),
    );

  artifact
    .command('diff <name> [from] [to]')
    .description('what changed: recorded (imported last), now, a version, or the beginning of a digest')
    .action((...[name, from, to, , command]: [string, string | undefined, string | undefined, unknown, Command]) =>
      runAction(command, async ({ client, output, signal }) => {
        const request = { name, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
        output.answer(await client.catalog.artifactDiff(request, { signal }), artifactDiffText);
        return 0;
      }),
    );

  const blueprint = program.command('blueprint').description('drafts and published versions');
  blueprint
    .command('list')
    .description('published versions and drafts')
    .action((_options, command: Command) =>
      runAction(command, async ({ client, output, signal }) => {
        const [{ entries, problems }, { drafts }] = await Promise.all([
          client.catalog.list(undefined, { signal }),
          client.blueprints.list(undefined, { signal }),
        ]);
        output.answer({ published: entries, drafts, problems }, (value) =>
          [
            table(
              ['published', 'version', 'boundary', 'status', 'agents', 'used by'],
              value.published.map(({ release, boundary, usedBy }) => [
                release.name,
                release.version,
                boundary,
                release.status,
                release.audience.agents,
                usedBy.join(', '),
              ]),
            ),
            '',
            table(
              ['draft', 'version', 'boundary', 'errors'],
              value.drafts.map((draft) => [draft.name, draft.version, draft.boundary, draft.errors]),
            ),
            ...value.problems.map(problemLine),
          ].join('\n'),
        );
        return 0;
      }),
    );
  blueprint
    .command('show')
    .argument('<name[@version]>', 'the newest without a version', readReference)
    .description('one published version')
    .action((reference: Reference, _options, command: Command) =>
      runAction(command, async ({ client, output, signal }) => {
        output.answer(await client.catalog.get(reference, { signal }), (one) => JSON.stringify(one, null, 2));
        return 0;
      }),
    );
  blueprint
    .command('validate <name>')
    .description('what is wrong with a draft')
    .action((name: string, _options, command: Command) =>
      runAction(command, async ({ client, output, signal }) => {
        const { problems } = await client.blueprints.get({ name }, { signal });
        const errors = problems.filter((problem) => problem.severity === 'error');
        output.answer({ valid: errors.length === 0, problems }, () =>
          problems.length === 0 ? 'Nothing is wrong.' : problems.map(problemLine).join('\n'),
        );
        return errors.length === 0 ? 0 : 2;
      }),
    );
  blueprint
    .command('publish <name>')
    .description("make the draft's version immutable")
    .option('--agents', 'let agents propose it')
    .option('--notes <text>', 'what is new', '')
    .action((name: string, options: { agents?: boolean; notes: string }, command: Command) =>
      runAction(command, async ({ client, output, signal }) => {
        const audience = {
          people: 'everyone' as const,
          agents: options.agents === true ? ('propose' as const) : ('no' as const),
        };
        const release = await client.catalog.publish({ name, audience, notes: options.notes }, { signal });
        output.answer(release, (one) => `Published ${one.name} ${one.version}, ${one.digest}.`);
        return 0;
      }),
    );
  blueprint
    .command('diff <name> <from> <to>')
    .description('what changed between two versions; `draft` stands for the draft')
    .action((...[name, from, to, , command]: [string, string, string, unknown, Command]) =>
      runAction(command, async ({ client, output, signal }) => {
        const diff = await client.catalog.diff({ name, from, to }, { signal });
        output.answer(diff, ({ changes, proposedVersion }) =>
          changes.length === 0
            ? 'Nothing changed.'
            : [
                table(
                  ['change', 'path', 'breaking', 'why'],
                  changes.map((one) => [one.change, one.path, one.breaking ? 'yes' : '', one.why]),
                ),
                '',
                `These changes call for version ${proposedVersion}.`,
              ].join('\n'),
        );
        return 0;
      }),
    );
  addPatternCommands(program, blueprint);
}

function count(ports: { properties: Record<string, unknown> }): number {
  return Object.keys(ports.properties).length;
}
