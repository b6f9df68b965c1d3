import type { Command } from 'commander';
import type { Problem } from '#shared/model/index.ts';
import { runAction } from '../command.ts';
import { table } from '../output.ts';

/** artifact, blueprint, pattern: from code and reality to versions in the catalog. */
export function addPackageCommands(program: Command): void {
  const artifact = program.command('artifact').description('infrastructure code in normal form');
  artifact
    .command('import <path...>')
    .description('import Terraform modules or roots')
    .option('--name <name>', 'a name of your own (one path only)')
    .action((paths: string[], options: { name?: string }, command: Command) =>
      runAction(command, async ({ client, output }) => {
        const report = await client.artifacts.import({
          paths,
          ...(options.name === undefined ? {} : { name: options.name }),
        });
        output.answer(report, ({ imported, problems }) =>
          [
            ...imported.map(
              (one) =>
                `Imported ${one.name} ${one.version} (${one.boundary}): ${count(one.inputs)} inputs, ${count(one.outputs)} outputs.`,
            ),
            ...problems.map(problemLine),
          ].join('\n'),
        );
        return report.imported.length === 0 ? 2 : 0;
      }),
    );
  artifact
    .command('list')
    .description('the artifacts of this workspace')
    .action((_options, command: Command) =>
      runAction(command, async ({ client, output }) => {
        const answer = await client.artifacts.list();
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
      }),
    );
  artifact
    .command('show <name>')
    .description('inputs and outputs of one artifact, with where each was read from')
    .action((name: string, _options, command: Command) =>
      runAction(command, async ({ client, output }) => {
        output.answer(await client.artifacts.get({ name }), (one) => JSON.stringify(one, null, 2));
      }),
    );

  const blueprint = program.command('blueprint').description('drafts and published versions');
  blueprint
    .command('list')
    .description('published versions and drafts')
    .action((_options, command: Command) =>
      runAction(command, async ({ client, output }) => {
        const [{ entries, problems }, { drafts }] = await Promise.all([
          client.catalog.list(),
          client.blueprints.list(),
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
      }),
    );
  blueprint
    .command('show <name[@version]>')
    .description('one published version')
    .action((reference: string, _options, command: Command) =>
      runAction(command, async ({ client, output }) => {
        const [name = '', version] = reference.split('@');
        output.answer(await client.catalog.get({ name, version: version ?? null }), (one) =>
          JSON.stringify(one, null, 2),
        );
      }),
    );
  blueprint
    .command('validate <name>')
    .description('what is wrong with a draft')
    .action((name: string, _options, command: Command) =>
      runAction(command, async ({ client, output }) => {
        const { problems } = await client.blueprints.get({ name });
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
      runAction(command, async ({ client, output }) => {
        const release = await client.catalog.publish({
          name,
          audience: { people: 'everyone', agents: options.agents === true ? 'propose' : 'no' },
          notes: options.notes,
        });
        output.answer(release, (one) => `Published ${one.name} ${one.version}, ${one.digest}.`);
      }),
    );
  blueprint
    .command('diff <name> <from> <to>')
    .description('what changed between two versions; `draft` stands for the draft')
    .action((...[name, from, to, , command]: [string, string, string, unknown, Command]) =>
      runAction(command, async ({ client, output }) => {
        const diff = await client.catalog.diff({ name, from, to });
        output.answer(diff, ({ changes, proposedVersion }) =>
          [
            table(
              ['change', 'path', 'breaking', 'why'],
              changes.map((one) => [one.change, one.path, one.breaking ? 'yes' : '', one.why]),
            ),
            '',
            `These changes call for version ${proposedVersion}.`,
          ].join('\n'),
        );
      }),
    );
  blueprint
    .command('extract <name[@version]>')
    .description('make artifacts, a blueprint and environments from what runs')
    .requiredOption(
      '--instance <spec...>',
      'NAME=SCOPE/REGION, twice or more, for example us=aws:account:123456789012/us-east-1',
    )
    .option('--tag <key=value...>', 'only resources with these tags', [])
    .option('--prove', 'run the import proof as well')
    .action((reference: string, options: { instance: string[]; tag: string[]; prove?: boolean }, command: Command) =>
      runAction(command, async ({ client, output }) => {
        const tags = options.tag.map((tag) => {
          const [key = '', value = ''] = tag.split('=', 2);
          return { key, value };
        });
        const instances = options.instance.map((spec) => {
          const [instance = '', place = ''] = spec.split('=', 2);
          const slash = place.lastIndexOf('/');
          return {
            name: instance,
            scope: place.slice(0, slash) || null,
            region: place.slice(slash + 1) || null,
            tags,
          };
        });
        const [name = '', version = '0.1.0'] = reference.split('@');
        const extraction = await client.patterns.extract({ instances, name, version });
        let proof = null;
        if (options.prove === true) {
          for await (const event of await client.patterns.prove({ blueprint: name })) {
            if (event.type === 'doing') output.progress(`${event.instance} ${event.node}: ${event.text}`);
            if (event.type === 'done') ({ proof } = event);
          }
          output.progress('');
        }
        output.answer({ extraction, proof }, (value) =>
          [
            `Made ${value.extraction.artifacts.length} artifacts, blueprint ${value.extraction.blueprint} ${value.extraction.version}, environments ${value.extraction.environments.join(', ')}.`,
            ...value.extraction.problems.map(problemLine),
            ...(value.proof === null
              ? []
              : value.proof.instances.map(
                  (one) =>
                    `${one.instance} ${one.node}: ${one.imports} imports, ${one.add} to add, ${one.change} to change, ${one.destroy} to destroy (${one.status})`,
                )),
          ].join('\n'),
        );
        return proof === null || (proof as { proven: boolean }).proven ? 0 : 1;
      }),
    );

  program
    .command('pattern')
    .description('structures that recur')
    .command('find')
    .description('candidates for blueprints')
    .option('--similarity <0..1>', 'at least so similar', Number, 0.6)
    .action((options: { similarity: number }, command: Command) =>
      runAction(command, async ({ client, output }) => {
        const candidates = await client.patterns.find({ minimumSimilarity: options.similarity });
        output.answer(candidates, (found) =>
          table(
            ['pattern', 'instances', 'similarity'],
            found.map((one) => [
              one.title,
              one.instances.map((instance) => instance.name).join(', '),
              one.similarity.toFixed(2),
            ]),
          ),
        );
      }),
    );
}

function count(ports: { properties: Record<string, unknown> }): number {
  return Object.keys(ports.properties).length;
}

/** `file:line:column: message` as compilers print it, so that editors find the place. */
function problemLine(problem: Problem): string {
  const place = [problem.file, problem.line, problem.column].filter((part) => part !== null).join(':');
  const where = [place, problem.field].filter((part) => part !== null && part !== '').join(' ');
  return `${where === '' ? '' : `${where}: `}${problem.severity}: ${problem.message}${problem.advice === null ? '' : ` ${problem.advice}`}`;
}
