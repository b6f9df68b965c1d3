import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import { AppError } from '#shared/errors/index.ts';
import {
  boundaries,
  boundarySchema,
  splitDecisionsSchema,
  splitLockText,
  type SplitCheck,
  type SplitDecisions,
  type SplitEmission,
  type SplitProof,
  type SplitProposal,
  type SplitPush,
  type SplitStateSource,
  type Target,
} from '#shared/model/index.ts';
import { runAction, type ActionContext } from '../command.ts';
import { collect, readTarget, wholeNumber } from '../options.ts';
import { problemLine, table } from '../output.ts';

interface SplitFlags {
  readonly out?: string;
  readonly pins?: string;
  readonly groups?: number;
  readonly name?: string;
  /** False when none is to be written. */
  readonly environment?: string | false;
  readonly target?: Target;
  readonly varFile: readonly string[];
  readonly boundary: SplitDecisions['boundaries'];
  readonly remoteState?: boolean;
  readonly wrap?: boolean;
  readonly allowSecrets?: boolean;
  readonly state?: string;
  readonly pullState?: boolean;
  readonly push?: string;
  readonly rollback?: string;
}

/** split: a monolithic root into parts. */
export function addSplitCommand(program: Command): void {
  program
    .command('split <root>')
    .description('take a monolithic Terraform or OpenTofu root apart, with proof')
    .option('--out <dir>', 'write the parts there: a new or empty folder, or a workspace')
    .option('--pins <file>', 'YAML with what was decided: pins, names, fineness, groups, files')
    .option('--groups <n>', 'how many parts', wholeNumber(1, 200))
    .option('--boundary <part=boundary>', 'the boundary of a part (repeatable)', collectBoundary, {})
    .option('--name <name>', 'name of the blueprint; the root folder without it')
    .option('--environment <name>', 'name of the environment; the blueprint without it')
    .option('--no-environment', 'write no environment, wherever the root runs')
    .option(
      '--target <cloud/account/region>',
      'where the root runs, if its code does not tell: aws/ACCOUNT/REGION, azure/SUBSCRIPTION/LOCATION, gcp/PROJECT/REGION',
      readTarget,
    )
    .option('--var-file <file>', 'values of variables (repeatable)', collect, [])
    .option('--remote-state', 'let parts read values from the state of others instead of being handed them')
    .option('--wrap', 'make each part a module that its root calls, with moved blocks')
    .option('--state <file>', 'the root’s state, to divide it and prove the parts with it')
    .option('--pull-state', 'let the tool pull the state in the root')
    .option('--push <name>', 'after a complete proof: push the states; give the blueprint’s name as your word')
    .option('--rollback <name>', 'take the push of this blueprint back')
    .option('--allow-secrets', 'consent that secrets cross between parts')
    .action((root: string, flags: SplitFlags, command: Command) =>
      runAction(command, (context) => split(context, path.resolve(root), flags), 'optional'),
    );
}

async function split(context: ActionContext, root: string, flags: SplitFlags): Promise<number> {
  const { client, output, signal } = context;
  const request = {
    root,
    decisions: await readDecisions(context, flags),
    options: {
      name: flags.name ?? null,
      environment: flags.environment === false ? null : (flags.environment ?? null),
      makeEnvironment: flags.environment !== false,
      target: flags.target ?? null,
      wiring: flags.remoteState === true ? ('remote-state' as const) : ('blueprint' as const),
      wrap: flags.wrap === true,
      allowSecrets: flags.allowSecrets === true,
      values: flags.varFile.map((file) => path.resolve(file)),
    },
  };
  if (flags.rollback !== undefined) {
    // Its name says which one is meant, and what it was made with is kept with it.
    const options = { ...request.options, name: flags.name ?? flags.rollback };
    return takeBack(context, { ...request, options, confirm: flags.rollback }, flags);
  }
  const state = stateSource(flags);
  const proposal = await client.split.propose(request, { signal });
  const out = flags.out === undefined ? null : path.resolve(flags.out);
  // Pulled by the tool it would be read twice only to learn where the root runs.
  const stateFile = flags.state === undefined ? {} : { stateFile: path.resolve(flags.state) };
  const emission = out === null ? null : await client.split.emit({ ...request, ...stateFile, out }, { signal });
  let proof: SplitProof | null = null;
  const proving = { ...request, out, state };
  for await (const event of await client.split.prove(proving, { signal })) {
    if (event.type === 'doing') output.progress(event.text);
    if (event.type === 'done') ({ proof } = event);
  }
  let push: SplitPush | null = null;
  if (flags.push !== undefined && proof?.complete === true) {
    push = await follow(output, await client.split.push({ ...request, out, confirm: flags.push }, { signal }));
  }
  output.progress('');
  output.answer({ ...proposal, emission, proof, push }, () =>
    [
      describe(proposal),
      ...written(emission),
      ...proven(proof),
      ...pushed(push),
      ...(flags.push === undefined || push !== null ? [] : ['', 'Nothing was pushed: the proof is not complete.']),
    ].join('\n'),
  );
  if (flags.push !== undefined && push === null) return 1;
  const failed = proof?.checks.some(({ status }) => status === 'failed') === true;
  return failed || proposal.problems.some(({ severity }) => severity === 'error') ? 1 : 0;
}

function stateSource({ state, pullState, push }: SplitFlags): SplitStateSource {
  if (state !== undefined && pullState === true) {
    throw new AppError('bad-input', '--state and --pull-state exclude each other.', { advice: 'Give one of the two.' });
  }
  if (push !== undefined && state === undefined && pullState !== true) {
    const advice = 'Add --pull-state, or --state with a file.';
    throw new AppError('bad-input', '--push needs the state: only what is proven with it is pushed.', { advice });
  }
  if (state !== undefined) return { from: 'file', file: path.resolve(state) };
  return { from: pullState === true ? 'root' : 'none' };
}

type Confirmed = Parameters<ActionContext['client']['split']['rollBack']>[0];

async function takeBack(
  { client, output, signal }: ActionContext,
  request: Omit<Confirmed, 'out'>,
  flags: SplitFlags,
): Promise<number> {
  const out = flags.out === undefined ? null : path.resolve(flags.out);
  const push = await follow(output, await client.split.rollBack({ ...request, out }, { signal }));
  output.progress('');
  output.answer({ push }, () => pushed(push).join('\n').trim());
  return 0;
}

/** Tells a push as it goes; answers how it stands at the end. */
async function follow(output: ActionContext['output'], steps: AsyncIterable<SplitPush>): Promise<SplitPush | null> {
  let last: SplitPush | null = null;
  for await (const push of steps) {
    last = push;
    const changed = push.places.filter(({ status }) => status === 'changed').length;
    output.progress(`${push.status}: ${changed} of ${push.places.length} states`);
  }
  return last;
}

function pushed(push: SplitPush | null): readonly string[] {
  if (push === null) return [];
  return [
    '',
    `States ${push.status}:`,
    ...push.places.map(({ place, where, status }) => `  ${place}: ${status} (${where})`),
    ...(push.lock === null ? [] : [`  ${splitLockText(push.lock)}`]),
  ];
}

const marks: Readonly<Record<SplitCheck['status'], string>> = {
  proven: '✓',
  failed: '✗',
  'needs-state': '·',
  'needs-tool': '·',
  'not-run': '·',
};

function proven(proof: SplitProof | null): readonly string[] {
  if (proof === null) return [];
  return [
    '',
    ...proof.checks.flatMap(({ status, title, detail, findings }) => [
      `${marks[status]} ${title} (${status === 'proven' || status === 'failed' ? detail : `${status.replace('-', ' ')}: ${detail}`})`,
      ...findings.map((finding) => `    ${finding}`),
    ]),
  ];
}

function written(emission: SplitEmission | null): readonly string[] {
  if (emission === null) return [];
  const { artifacts, blueprint, environment, workspace, problems } = emission;
  const also = environment === null ? '' : `, environment ${environment}`;
  return [
    '',
    `Written to ${workspace}: ${artifacts.length} artifacts, blueprint ${blueprint}${also}.`,
    ...problems.map(problemLine),
  ];
}

/** Collects `PART=BOUNDARY`; a later one for the same part wins. */
function collectBoundary(text: string, earlier: SplitDecisions['boundaries']): SplitDecisions['boundaries'] {
  const [part = '', boundary] = text.split('=');
  const parsed = boundarySchema.safeParse(boundary);
  if (part === '' || !parsed.success) {
    throw new InvalidArgumentError(`Give PART=BOUNDARY; boundaries are ${boundaries.join(', ')}.`);
  }
  return { ...earlier, [part]: parsed.data };
}

/** What the file of pins and the options decide; options win. Throws `bad-input` with file, line and column. */
async function readDecisions(
  { client, signal }: ActionContext,
  { pins, groups, boundary }: Pick<SplitFlags, 'groups' | 'pins' | 'boundary'>,
): Promise<SplitDecisions> {
  const more = groups === undefined ? {} : { groups };
  if (pins === undefined) return splitDecisionsSchema.parse({ ...more, boundaries: boundary });
  const text = await readFile(pins, 'utf8').catch((cause: unknown) => {
    throw new AppError('not-found', `${pins} cannot be read.`, { advice: 'Check the path.', cause });
  });
  const { decisions, problems } = await client.split.readDecisions({ file: pins, text }, { signal });
  if (decisions !== null) return { ...decisions, ...more, boundaries: { ...decisions.boundaries, ...boundary } };
  throw new AppError('bad-input', problems.map(problemLine).join('\n'), {
    advice: 'Mend the file; nothing was written.',
    details: { problems: problems.map(problemLine) },
  });
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}

/** Values whose type nothing tells, so that they are taken as they come. */
function untyped(interfaces: SplitProposal['interfaces']): readonly string[] {
  const values = new Set(interfaces.flatMap(({ output, typeFrom }) => (typeFrom === null ? [output] : [])));
  return values.size === 0 ? [] : [`Of unknown type, taken as they come: ${[...values].join(', ')}.`];
}

function describe(proposal: SplitProposal): string {
  const { groups, moves, scores, interfaces, cycles, problems, resolutions } = proposal;
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
    ...untyped(interfaces),
    `${moves.length} moved to remove cycles (${percent(scores.movedShare)})${moves.length === 0 ? '.' : ':'}`,
    ...moves.map(({ address, from, to, why }) => `  ${address}: ${from} → ${to}, because ${why}`),
    ...(proposal.bound.length === 0
      ? []
      : [
          `${proposal.bound.length} more are grouped with what they need rather than with what they resemble, so that no more have to be moved.`,
        ]),
    `By fineness: ${resolutions.map(({ fineness, groups: parts, largestGroup }) => `${fineness} ${parts} parts (largest ${largestGroup})`).join(', ')}.`,
    ...cycles.map(({ why }) => `error: ${why}`),
    ...problems.map(problemLine),
  ].join('\n');
}
