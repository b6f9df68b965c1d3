import { InvalidArgumentError, type Command } from 'commander';
import { AppError } from '#shared/errors/index.ts';
import { estateFilterSchema, relationshipTypes, type Dependents, type RelationshipType } from '#shared/model/index.ts';
import { askMap } from '../ask-map.ts';
import {
  describeDependents,
  describeExposure,
  describeFound,
  describeNeighbours,
  describeOverlaps,
  describePaths,
  describeUses,
} from '../describe-answers.ts';
import { collect, wholeNumber } from '../options.ts';
import { runNumber } from './runs.ts';

/** Collects the names of relationships, in any case. */
function collectTypes(text: string, earlier: RelationshipType[]): RelationshipType[] {
  const type = relationshipTypes.find((name) => name === text.toUpperCase().replaceAll('-', '_'));
  if (type === undefined) throw new InvalidArgumentError(`Give one of ${relationshipTypes.join(', ')}.`);
  return [...earlier, type];
}

function oneOf<Choice extends string>(...choices: readonly Choice[]): (text: string) => Choice {
  return (text) => {
    const choice = choices.find((name) => name === text);
    if (choice === undefined) throw new InvalidArgumentError(`Give one of ${choices.join(', ')}.`);
    return choice;
  };
}

const typesHelp = 'only over this relationship, for example ENCRYPTED_BY; repeatable';
const runFlag = '--run <id>';
const runHelp = 'as it stood after a run';

interface PastOptions {
  /** Absent for the newest view. */
  readonly run?: number | null;
  readonly limit: number;
}

/** graph neighbours, blast, path, uses, exposed, find, overlaps: questions about resources and how they hang together. */
export function addQuestionCommands(graph: Command): void {
  addWalkCommands(graph);
  addUseCommands(graph);
  addFindCommands(graph);
}

function addWalkCommands(graph: Command): void {
  graph
    .command('neighbours <id>')
    .description('what lies within some hops of a resource')
    .option('--hops <n>', 'how far', wholeNumber(1, 6), 1)
    .option('--type <relationship>', typesHelp, collectTypes, [])
    .option('--direction <way>', 'out, in or both', oneOf('out', 'in', 'both'), 'both')
    .option('--limit <n>', 'at most so many resources', wholeNumber(1, 2000), 300)
    .option(runFlag, runHelp, runNumber)
    .action((id: string, options: WalkOptions, command: Command) =>
      askMap(command, async ({ client, output, signal }) => {
        const { type: types, run: asOf = null, ...rest } = options;
        output.answer(await client.estate.neighbours({ asOf, id, types, ...rest }, { signal }), describeNeighbours);
        return 0;
      }),
    );
  graph
    .command('blast <ids...>')
    .description('what depends on some resources, or what they depend on, and why')
    .option('--hops <n>', 'how far', wholeNumber(1, 10), 3)
    .option(
      '--direction <way>',
      'dependents feel a change of them; dependencies are what they need',
      oneOf('dependents', 'dependencies'),
      'dependents',
    )
    .option('--limit <n>', 'tell at most so many; all are counted', wholeNumber(1, 5000), 500)
    .option(runFlag, runHelp, runNumber)
    .action((ids: string[], options: BlastOptions, command: Command) =>
      askMap(command, async ({ client, output, signal }) => {
        const { run: asOf = null, ...rest } = options;
        const describe = (answer: Dependents) => describeDependents(answer, options.direction);
        const answer = await client.questions.blastRadius({ asOf, ids, ...rest }, { signal });
        if (answer.unknown.length > 0 && new Set(ids).size === answer.unknown.length) throw noneKnown(answer.unknown);
        output.answer(answer, describe);
        return 0;
      }),
    );
  graph
    .command('path <from> <to>')
    .description('the shortest ways from one resource to another')
    .option('--type <relationship>', typesHelp, collectTypes, [])
    .option('--direction <way>', 'out follows relationships only the way they point', oneOf('out', 'both'), 'both')
    .option('--limit <n>', 'at most so many ways', wholeNumber(1, 50), 5)
    .option(runFlag, runHelp, runNumber)
    .action((from: string, to: string, ...[options, command]: [PathOptions, Command]) =>
      askMap(command, async ({ client, output, signal }) => {
        const { type: types, run: asOf = null, ...rest } = options;
        output.answer(await client.questions.paths({ asOf, from, to, types, ...rest }, { signal }), describePaths);
        return 0;
      }),
    );
}

/** An answer of nothing would look as if nothing depended on them. */
function noneKnown(ids: readonly string[]): AppError {
  return new AppError('not-found', `Not in the graph: ${ids.join(', ')}.`, {
    advice: 'Search for a part of a name or id with `groundplan graph find`, or map its account and region again.',
    details: { ids: [...ids] },
  });
}

interface BlastOptions extends PastOptions {
  readonly hops: number;
  readonly direction: 'dependents' | 'dependencies';
}

interface WalkOptions extends PastOptions {
  readonly hops: number;
  readonly type: RelationshipType[];
  readonly direction: 'out' | 'in' | 'both';
}

interface PathOptions extends PastOptions {
  readonly type: RelationshipType[];
  readonly direction: 'out' | 'both';
}

function addUseCommands(graph: Command): void {
  graph
    .command('uses <id>')
    .description('who uses a key, a role, a subnet, a security group or anything else')
    .option('--limit <n>', 'tell at most so many; all are counted', wholeNumber(1, 5000), 500)
    .option(runFlag, runHelp, runNumber)
    .action((id: string, { limit, run: asOf = null }: PastOptions, command: Command) =>
      askMap(command, async ({ client, output, signal }) => {
        output.answer(await client.questions.uses({ asOf, id, limit }, { signal }), describeUses);
        return 0;
      }),
    );
  graph
    .command('exposed [ids...]')
    .description('what the internet reaches, with the proof; of given resources also why it does not')
    .option('--scope <id>', 'only in this account or whatever holds accounts; repeatable', collect, [])
    .option('--region <name>', 'only in this region; repeatable', collect, [])
    .option('--limit <n>', 'tell at most so many; all are counted', wholeNumber(1, 5000), 500)
    .option(runFlag, runHelp, runNumber)
    .action((ids: string[], options: ExposedOptions, command: Command) =>
      askMap(command, async ({ client, output, signal }) => {
        const { scope: scopes, region: regions, run: asOf = null, limit } = options;
        output.answer(
          await client.questions.exposure({ asOf, ids, scopes, regions, limit }, { signal }),
          describeExposure,
        );
        return 0;
      }),
    );
}

interface ExposedOptions extends PastOptions {
  readonly scope: string[];
  readonly region: string[];
}

interface FindOptions extends PastOptions {
  readonly managed?: 'managed' | 'unmanaged' | 'gone';
  readonly state: string[];
  readonly stale?: true;
}

function addFindCommands(graph: Command): void {
  graph
    .command('find [text]')
    .description('resources by id, name, kind, tag (env=prod), address (10.1.2.3) or network (10.0.0.0/16), both ways')
    .option(
      '--managed <by>',
      'only managed by an environment or a state, unmanaged, or gone: in a state and no longer listed',
      oneOf('managed', 'unmanaged', 'gone'),
    )
    .option('--state <state>', 'only what this state manages, by its name or id; repeatable', collect, [])
    .option('--stale', 'only carried forward: the newest run could not look whether it is still there')
    .option('--limit <n>', 'at most so many', wholeNumber(1, 5000), 200)
    .option(runFlag, runHelp, runNumber)
    .action((text: string | undefined, options: FindOptions, command: Command) =>
      askMap(command, async ({ client, output, signal }) => {
        const { limit, managed, state: states, stale: onlyStale, run: asOf = null } = options;
        // Who manages what is asked of what there is, so that what was only referred to stays out.
        const filter = estateFilterSchema.parse({
          text,
          managed,
          states,
          onlyStale,
          includeStubs: managed === undefined,
        });
        output.answer(await client.estate.search({ asOf, filter, limit }, { signal }), describeFound);
        return 0;
      }),
    );
  graph
    .command('overlaps')
    .description('networks that have addresses in common, and those that are peered in spite of it')
    .option('--limit <n>', 'tell at most so many ranges; all are counted', wholeNumber(1, 5000), 100)
    .option(runFlag, runHelp, runNumber)
    .action(({ limit, run: asOf = null }: PastOptions, command: Command) =>
      askMap(command, async ({ client, output, signal }) => {
        output.answer(await client.questions.overlaps({ asOf, limit }, { signal }), describeOverlaps);
        return 0;
      }),
    );
}
