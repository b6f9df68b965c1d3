import path from 'node:path';
import type { Json, JsonObject } from '#shared/base/json.ts';
import { AppError } from '#shared/errors/index.ts';
import type { CloudAccess, RootTool } from '../../ports/index.ts';
import type { PreparedEmission } from '../emit/prepare-emission.ts';
import { stateReader, type Wiring } from '../emit/interface-files.ts';
import type { Split } from '../proposal/decide.ts';
import { groupsBefore } from '../proposal/scores.ts';
import { stateText, type StateFile } from '../state/state-file.ts';
import { layOut, placeRemoteStates, placeState, placeValues, type PartFolder } from './part-folder.ts';
import { readPlan, type PlannedOutput, type ReadPlan } from './read-plan.ts';

/** Parts that are planned at the same time. */
const together = 2;

/** What trying out a part told. */
export interface TriedPart {
  readonly name: string;
  /** What `validate` found, or why the part could not be initialised. */
  readonly invalid: readonly string[];
  /** Null when it could not be planned. */
  readonly plan: ReadPlan | null;
  /** Why it could not be planned. */
  readonly problem: string | null;
  /** Its state with the outputs that the plan knows; null when it could not be planned. */
  readonly state: StateFile | null;
}

export interface TryOptions {
  readonly tool: RootTool;
  readonly access: CloudAccess;
  readonly workspace: string | null;
  /** A folder of our own; secrets lie in it until the caller removes it. */
  readonly scratch: string;
  readonly wiring: Wiring;
  readonly signal: AbortSignal;
}

/** Errors of the tool as one line; a cancellation goes on as it is. */
function sentence(error: unknown, signal: AbortSignal): string {
  if (signal.aborted || !(error instanceof AppError)) throw error;
  return error.message.replaceAll(/\s+/g, ' ').trim();
}

/** Tries one part: initialises, validates and plans it. What fails is told, not thrown. */
export async function tryPart(
  part: PartFolder,
  given: {
    readonly name: string;
    readonly state: StateFile;
    readonly values: JsonObject;
    /** The module that the part is wrapped in. */
    readonly module: string | null;
  },
  { tool, access, workspace, signal }: Omit<TryOptions, 'scratch' | 'wiring'>,
): Promise<TriedPart> {
  const { name, state, values, module } = given;
  const failed = { name, plan: null, state: null };
  const run = { folder: part.folder, access, workspace, signal };
  await placeState(part, stateText(state));
  await placeValues(part, values);
  try {
    await tool.initialize(run);
    const invalid = await tool.validate(run);
    if (invalid.length > 0) return { ...failed, invalid, problem: 'it is not valid' };
  } catch (error) {
    return { ...failed, invalid: [sentence(error, signal)], problem: 'it cannot be initialised' };
  }
  try {
    const plan = readPlan(await tool.plan(run), module);
    return { name, invalid: [], plan, problem: null, state: withOutputs(state, plan.outputs) };
  } catch (error) {
    return { ...failed, invalid: [], problem: sentence(error, signal) };
  }
}

/** A state with the values of its outputs, as an apply without changes would write it. */
function withOutputs(state: StateFile, outputs: ReadonlyMap<string, PlannedOutput>): StateFile {
  const values = [...outputs].map(([name, { value, type, sensitive }]): [string, Json] => [
    name,
    sensitive ? { value, type, sensitive } : { value, type },
  ]);
  return { ...state, outputs: { ...state.outputs, ...Object.fromEntries(values) } };
}

function variablesOf(split: Split, group: number, values: JsonObject): JsonObject {
  const held = split.placement.contents[group] ?? new Set<string>();
  return Object.fromEntries(Object.entries(values).filter(([name]) => held.has(`var.${name}`)));
}

/**
 * Tries every part with its state, those first that others take values of; what a part takes is what the plan of the
 * giver says, never a made-up value. Yields what it is about to do; returns what each part told, in their order.
 */
export async function* tryParts(
  split: Split,
  { prepared, states }: { readonly prepared: PreparedEmission; readonly states: readonly StateFile[] },
  options: TryOptions,
): AsyncGenerator<string, readonly TriedPart[]> {
  const before = groupsBefore(split);
  const tried = new Map<number, TriedPart>();
  const files = new Map<number, string>();
  const waiting = new Set(split.groups.keys());

  async function tryGroup(group: number): Promise<void> {
    const name = split.groups[group]?.name ?? '';
    const state = states[group];
    const emitted = prepared.parts[group];
    if (state === undefined || emitted === undefined) return;
    const missing = [...(before[group] ?? [])].filter((other) => tried.get(other)?.plan === null);
    if (missing.length > 0) {
      const others = missing.map((other) => split.groups[other]?.name ?? '').join(', ');
      const problem = `not planned, because it needs ${others}`;
      tried.set(group, { name, invalid: [], plan: null, problem, state: null });
      return;
    }
    const taken = split.crossings.wires.filter(({ takers }) => takers.has(group));
    const values: Record<string, Json> = { ...variablesOf(split, group, prepared.inputs.values) };
    const unknown: string[] = [];
    for (const wire of taken) {
      const output = tried.get(wire.from)?.plan?.outputs.get(wire.name);
      if (output === undefined) unknown.push(`${split.groups[wire.from]?.name ?? ''}.${wire.name}`);
      else if (options.wiring === 'blueprint') values[wire.name] = output.value;
    }
    if (unknown.length > 0) {
      const problem = `not planned, because the plan does not know ${unknown.join(', ')}`;
      tried.set(group, { name, invalid: [], plan: null, problem, state: null });
      return;
    }
    const part = await layOut({
      folder: path.join(options.scratch, name),
      content: emitted.content,
      workspace: options.workspace,
    });
    if (options.wiring === 'remote-state') {
      const givers = new Set(taken.map(({ from }) => from));
      const sources = [...givers].map((from) => [stateReader(split, from), files.get(from) ?? ''] as const);
      await placeRemoteStates(part, Object.fromEntries(sources));
    }
    const result = await tryPart(part, { name, state, values, module: emitted.module?.name ?? null }, options);
    tried.set(group, result);
    files.set(group, part.stateFile);
    // Who reads this state must find the outputs in it.
    if (result.state !== null) await placeState(part, stateText(result.state));
  }

  while (waiting.size > 0) {
    options.signal.throwIfAborted();
    const ready = [...waiting].filter((group) => [...(before[group] ?? [])].every((other) => tried.has(other)));
    const now = ready.slice(0, together);
    if (now.length === 0) break;
    for (const group of now) waiting.delete(group);
    const names = now.map((group) => split.groups[group]?.name ?? '').join(' and ');
    yield `Planning ${names} (${tried.size + now.length} of ${split.groups.length} parts)`;
    await Promise.all(now.map(tryGroup));
  }
  return [...split.groups.keys()].flatMap((group) => tried.get(group) ?? []);
}
