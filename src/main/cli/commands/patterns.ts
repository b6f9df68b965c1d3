import { type Command, Option } from 'commander';
import type { InstanceProof, Proof } from '#shared/model/index.ts';
import { runAction, type ActionContext } from '../command.ts';
import {
  collectAssignments,
  collectInstances,
  readReference,
  share,
  type Assignment,
  type InstancePlace,
  type Reference,
} from '../options.ts';
import { problemLine, table } from '../output.ts';

interface ExtractOptions {
  readonly instance: InstancePlace[];
  readonly tag: Assignment[];
  readonly prove?: boolean;
}

/** pattern, blueprint extract: from what runs to drafts. */
export function addPatternCommands(program: Command, blueprint: Command): void {
  program
    .command('pattern')
    .description('structures that recur')
    .command('find')
    .description('candidates for blueprints')
    .option('--similarity <0..1>', 'at least so similar', share, 0.6)
    .action((options: { similarity: number }, command: Command) =>
      runAction(command, async ({ client, output, signal }) => {
        const candidates = await client.patterns.find({ minimumSimilarity: options.similarity }, { signal });
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
        return 0;
      }),
    );

  blueprint
    .command('extract')
    .argument('<name[@version]>', 'of the draft to make', readReference)
    .description('make artifacts, a blueprint and environments from what runs')
    .addOption(
      new Option(
        '--instance <name=scope/region>',
        'twice or more, for example us=aws:account:123456789012/us-east-1 (repeatable)',
      )
        .argParser(collectInstances)
        .makeOptionMandatory(),
    )
    .option('--tag <key=value>', 'only resources with these tags (repeatable)', collectAssignments, [])
    .option('--prove', 'run the import proof as well')
    .action((reference: Reference, options: ExtractOptions, command: Command) =>
      runAction(command, (context) => extract(context, reference, options)),
    );
}

async function extract(context: ActionContext, { name, version }: Reference, options: ExtractOptions): Promise<number> {
  const { client, output, signal } = context;
  const tags = options.tag.map((tag) => ({ key: tag.name, value: tag.text }));
  const extraction = await client.patterns.extract(
    {
      name,
      ...(version === null ? {} : { version }),
      instances: options.instance.map((place) => ({ ...place, tags })),
    },
    { signal },
  );
  const proof = options.prove === true ? await prove(context, name) : null;
  output.answer({ extraction, proof }, () =>
    [
      `Made ${extraction.artifacts.length} artifacts, blueprint ${extraction.blueprint} ${extraction.version}, environments ${extraction.environments.join(', ')}.`,
      ...extraction.problems.map(problemLine),
      ...(proof?.instances ?? []).flatMap(describeProof),
    ].join('\n'),
  );
  return options.prove === true && proof?.proven !== true ? 1 : 0;
}

async function prove({ client, output, signal }: ActionContext, blueprint: string): Promise<Proof | null> {
  let proof: Proof | null = null;
  for await (const event of await client.patterns.prove({ blueprint }, { signal })) {
    if (event.type === 'doing') output.progress(`${event.instance} ${event.node}: ${event.text}`);
    if (event.type === 'done') ({ proof } = event);
  }
  output.progress('');
  return proof;
}

/** The proof of one instance in a line; below it, attribute by attribute, why it is none. */
function describeProof(proof: InstanceProof): string[] {
  const { instance, node, imports, add, change, destroy, status } = proof;
  const summary = `${imports} imports, ${add} to add, ${change} to change, ${destroy} to destroy (${status})`;
  return [
    `${instance} ${node}: ${summary}`,
    ...(proof.problem === null ? [] : [`  ${proof.problem}`]),
    ...proof.differences.map(
      ({ address, path, code, cloud }) => `  ${address} ${path}: ${JSON.stringify(cloud)} → ${JSON.stringify(code)}`,
    ),
  ];
}
