import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import { splitDecisionsSchema, type SplitCheck } from '#shared/model/index.ts';
import { emitSplit } from '../emit/emit-split.ts';
import type { PreparedEmission } from '../emit/prepare-emission.ts';
import { decideSplit, type Split } from '../proposal/decide.ts';
import { compareStates } from '../state/compare-states.ts';
import type { DividedState } from '../state/divide-state.ts';
import { readState, stateText, type ReadState, type StateFile } from '../state/state-file.ts';
import { isSameState } from '../state/way-back.ts';
import { layOut, placeState } from './part-folder.ts';
import { tryPart, tryParts, type TriedPart, type TryOptions } from './plan-parts.ts';
import { openPoint, provenPoint, type StatePoint } from './points.ts';
import { rehearseWayBack } from './rehearse-way-back.ts';

/** A state as the proof takes it. */
export interface GivenState {
  readonly read: ReadState;
  /** Reads it again, to see whether somebody wrote it meanwhile. */
  readonly again: () => Promise<ReadState>;
}

export interface ProvenState {
  readonly name: string;
  readonly file: StateFile;
}

export type StateProofEvent =
  { readonly type: 'doing'; readonly text: string } | { readonly type: 'check'; readonly check: SplitCheck };

const doing = (text: string): StateProofEvent => ({ type: 'doing', text });
const told = (check: SplitCheck): StateProofEvent => ({ type: 'check', check });

/** Writes the new states and compares what can be read from the files, not what is in memory. */
async function compareWritten(
  old: StateFile,
  parts: readonly ProvenState[],
  scratch: string,
): Promise<readonly SplitCheck[]> {
  const written = await Promise.all(
    parts.map(async ({ name, file }) => {
      const place = path.join(scratch, 'written', name);
      await placeState({ folder: place, stateFile: path.join(place, 'terraform.tfstate') }, stateText(file));
      const text = await readFile(path.join(place, 'terraform.tfstate'), 'utf8');
      return { name, file: readState(text, `the state of ${name}`).file };
    }),
  );
  const { instances, readings, placement, content } = compareStates(old, written);
  const detail = `${instances} instances over ${parts.length} parts; ${readings} data sources copied to who reads them`;
  return [
    provenPoint('instances', detail, placement),
    provenPoint(
      'attributes',
      `${instances} instances compared; what they depend on in other parts is left out`,
      content,
    ),
  ];
}

/** The root itself, tried with the old state, so that what was so before can be told from what the split brought. */
async function tryRoot(
  split: Split,
  given: { readonly prepared: PreparedEmission; readonly old: StateFile },
  options: TryOptions,
): Promise<TriedPart> {
  const whole = decideSplit(split.analysis, splitDecisionsSchema.parse({ pins: { '*': 'root' } }));
  const { parts } = await emitSplit(whole, {
    wiring: options.wiring,
    wrap: false,
    typeOf: () => ({ constraint: 'any', sensitive: false, from: null, because: null }),
    signal: options.signal,
  });
  const content = parts[0]?.content ?? [];
  const place = await layOut({ folder: path.join(options.scratch, 'the root'), content, workspace: options.workspace });
  return tryPart(
    place,
    { name: 'the root', state: given.old, values: given.prepared.inputs.values, module: null },
    options,
  );
}

function plansPoint(tried: readonly TriedPart[], root: TriedPart): SplitCheck {
  const before = new Set(root.plan?.changes);
  const findings = tried.flatMap(({ name, plan, problem }) =>
    plan === null
      ? [`${name}: ${problem ?? 'not planned'}`]
      : plan.changes.map((change) => `${name}: ${change}${before.has(change) ? ', as in the root before' : ''}`),
  );
  const planned = tried.flatMap(({ plan }) => plan ?? []);
  const instances = planned.reduce((sum, plan) => sum + plan.instances, 0);
  const pending =
    before.size === 0 ? '' : `; the root itself has ${before.size} pending changes: apply or undo them first`;
  return provenPoint(
    'plans',
    `${planned.length} of ${tried.length} parts planned, ${instances} instances${pending}`,
    findings,
  );
}

function driftPoint(tried: readonly TriedPart[], root: TriedPart): SplitCheck {
  if (root.plan === null) {
    return provenPoint('drift', 'the root cannot be planned with its own state', [
      `the root: ${[root.problem ?? 'not planned', ...root.invalid].join('; ')}`,
    ]);
  }
  const after = new Map(tried.flatMap(({ plan }) => [...(plan?.drift ?? [])]));
  const before = root.plan.drift;
  const findings = [
    ...[...before].flatMap(([address, text]) =>
      after.get(address) === text ? [] : [`${address} had drifted, and has not in its part`],
    ),
    ...[...after].flatMap(([address, text]) =>
      before.get(address) === text ? [] : [`${address} has drifted in its part only`],
    ),
  ];
  return provenPoint('drift', before.size === 0 ? 'nothing had drifted' : `${before.size} had drifted`, findings);
}

/** Addresses that are told by name in a detail; a root that is hardly applied has too many for one line. */
const toldByName = 10;

/** What the code declares and the state does not hold, for the detail of a point: no fault, `count = 0` is one reason. */
function notInState({ onlyInCode }: DividedState): string {
  if (onlyInCode.length === 0) return '';
  const more = onlyInCode.length > toldByName ? ` and ${onlyInCode.length - toldByName} more` : '';
  return `; only in the code: ${onlyInCode.slice(0, toldByName).join(', ')}${more}`;
}

/** What stands in the way of dividing: addresses that the code no longer has. */
function strangers(divided: DividedState): readonly string[] {
  return divided.onlyInState.map((address) => `${address} is in the state only; the code does not declare it`);
}

/**
 * Proves with a state and the real tool that the parts together are the root. Nothing of the user's is written: states
 * lie in the scratch folder, backends are replaced by files there. Yields each point as it is looked at; returns the
 * new states when all of them hold, else null.
 */
export async function* proveStates(
  split: Split,
  given: { readonly prepared: PreparedEmission; readonly state: GivenState; readonly divided: DividedState },
  options: TryOptions,
): AsyncGenerator<StateProofEvent, readonly ProvenState[] | null> {
  const { prepared, state, divided } = given;
  const checks: SplitCheck[] = [];
  const names = split.groups.map(({ name }) => name);
  const nameOf = (group: number): string => names[group] ?? '';
  yield doing('Comparing the divided states');
  const parts = divided.states.map((file, group) => ({ name: nameOf(group), file }));
  const [instances, attributes] = await compareWritten(state.read.file, parts, options.scratch);
  const unknown = strangers(divided);
  if (instances !== undefined) {
    const findings = unknown.length === 0 ? instances.findings : unknown;
    checks.push(provenPoint('instances', `${instances.detail}${notInState(divided)}`, findings));
  }
  if (attributes !== undefined) checks.push(attributes);
  for (const check of checks) yield told(check);
  const missing = await missingTool(options);
  if (missing !== null) {
    for (const point of ['valid', 'plans', 'drift', 'wayBack'] satisfies StatePoint[])
      yield told(openPoint(point, 'needs-tool', missing));
    return null;
  }
  const trying = tryParts(split, { prepared, states: divided.states }, options);
  let step = await trying.next();
  for (; step.done !== true; step = await trying.next()) yield doing(step.value);
  const tried = step.value;
  const invalid = tried.flatMap(({ name, invalid: found }) => found.map((text) => `${name}: ${text}`));
  yield doing('Planning the root as it is, to tell drift that was there before');
  const root = await tryRoot(split, { prepared, old: state.read.file }, options);
  yield doing('Going the way back on a copy');
  const notBack = await rehearseWayBack(state.read, tried[0]?.state ?? null, options);
  const moved = isSameState((await state.again()).file, state.read.file)
    ? []
    : ['the state was written meanwhile; prove again'];
  const rest = [
    provenPoint('valid', `${tried.length} parts initialised and validated`, invalid),
    plansPoint(tried, root),
    driftPoint(tried, root),
    provenPoint('wayBack', `backup of serial ${state.read.file.serial}, ${state.read.digest}`, [...notBack, ...moved]),
  ];
  for (const check of rest) yield told(check);
  const proven = [...checks, ...rest].every(({ status }) => status === 'proven');
  const states = tried.flatMap(({ name, state: file }) => (file === null ? [] : [{ name, file }]));
  return proven && states.length === names.length ? states : null;
}

/** Why the tool cannot be used here; null when it can. */
async function missingTool({ tool, signal }: TryOptions): Promise<string | null> {
  try {
    await tool.identify();
    return null;
  } catch (error) {
    if (signal.aborted || !(error instanceof AppError)) throw error;
    if (error.code !== 'tool-missing' && error.code !== 'tool-too-old') throw error;
    return error.message;
  }
}
