import {
  targetSchema,
  targetWords,
  type BlueprintDocument,
  type EnvironmentDocument,
  type Problem,
  type SplitFoundTarget,
  type SplitOptions,
} from '#shared/model/index.ts';
import type { Split } from '../proposal/decide.ts';
import type { Wire } from '../proposal/interface.ts';
import { typeOfWire, type ValueType } from '../proposal/value-types.ts';
import { nameOfRoot } from '../source/analyse-root.ts';
import { findTarget } from '../source/found-target.ts';
import { problem } from '../source/problem.ts';
import { readRootInputs, type RootInputs } from '../source/root-inputs.ts';
import type { StateFile } from '../state/state-file.ts';
import { clearValueProblems } from './clear-values.ts';
import { blueprintOf, environmentOf, type SplitNaming } from './documents.ts';
import { emitSplit, type EmittedPart } from './emit-split.ts';

/** Everything that is written for a split, before it is written. */
export interface PreparedEmission {
  readonly naming: SplitNaming;
  readonly parts: readonly EmittedPart[];
  readonly blueprint: BlueprintDocument;
  readonly environment: EnvironmentDocument | null;
  /** False: none is wanted, not even an earlier one. */
  readonly makeEnvironment: boolean;
  readonly inputs: RootInputs;
  /** Secrets that cross between parts, as `part.output`. */
  readonly secrets: readonly string[];
  readonly problems: readonly Problem[];
}

/** Says what is missing of a target; what was found besides is named, so that only the rest has to be looked up. */
function untargeted(found: SplitFoundTarget): Problem {
  const words = targetWords[found.cloud ?? 'aws'];
  const missing = [
    ...(found.account === null ? [words.account] : []),
    ...(found.region === null ? [words.region] : []),
  ].join(' and ');
  const known = found.account ?? found.region;
  return problem({
    severity: 'info',
    code: 'no-target',
    message:
      `No environment was made: nothing tells which ${missing} the root runs in` +
      (known === null ? '.' : `; ${found.account === null ? words.region : words.account} ${known} was found.`),
    advice: found.cloud === null ? 'Give the target.' : `Give the target, for example ${words.example}.`,
  });
}

/** Cuts the parts and makes the documents around them. Nothing is written. */
export async function prepareEmission(
  split: Split,
  given: {
    readonly options: SplitOptions;
    /** Values that a state marks as sensitive. */
    readonly marked: ReadonlySet<string>;
    /** Tells where the root runs when neither the caller nor the code does. */
    readonly state?: StateFile | null;
    readonly signal: AbortSignal;
  },
): Promise<PreparedEmission> {
  const { options, signal } = given;
  const { analysis } = split;
  const typeOf = (wire: Wire): ValueType => typeOfWire(analysis, wire, given.marked);
  const naming = { blueprint: options.name ?? nameOfRoot(analysis.source.folder), version: options.version };
  const inputs = await readRootInputs(analysis.source, options.values);
  const { parts, problems } = await emitSplit(split, { wiring: options.wiring, wrap: options.wrap, typeOf, signal });
  const found = findTarget({ graph: analysis.graph, values: inputs.values, state: given.state ?? null });
  const target = options.target ?? targetSchema.safeParse(found).data ?? null;
  const environment =
    target === null || !options.makeEnvironment
      ? null
      : environmentOf(inputs, { naming, environment: options.environment ?? naming.blueprint, target });
  const blueprint = blueprintOf(split, inputs, { naming, wiring: options.wiring });
  const clear = clearValueProblems(inputs, { blueprint, environment });
  return {
    naming,
    parts,
    blueprint,
    environment,
    makeEnvironment: options.makeEnvironment,
    inputs,
    secrets: split.crossings.wires
      .filter((wire) => typeOf(wire).sensitive)
      .map(({ from, name }) => `${split.groups[from]?.name ?? ''}.${name}`),
    problems: [
      ...inputs.problems,
      ...problems,
      ...clear,
      ...(target === null && options.makeEnvironment ? [untargeted(found)] : []),
    ],
  };
}
