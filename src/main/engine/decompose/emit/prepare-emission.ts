import type { BlueprintDocument, EnvironmentDocument, Problem, SplitOptions } from '#shared/model/index.ts';
import type { Split } from '../proposal/decide.ts';
import type { Wire } from '../proposal/interface.ts';
import { typeOfWire, type ValueType } from '../proposal/value-types.ts';
import { nameOfRoot } from '../source/analyse-root.ts';
import { problem } from '../source/problem.ts';
import { readRootInputs, type RootInputs } from '../source/root-inputs.ts';
import { clearValueProblems } from './clear-values.ts';
import { blueprintOf, environmentOf, type SplitNaming } from './documents.ts';
import { emitSplit, type EmittedPart } from './emit-split.ts';

/** Everything that is written for a split, before it is written. */
export interface PreparedEmission {
  readonly naming: SplitNaming;
  readonly parts: readonly EmittedPart[];
  readonly blueprint: BlueprintDocument;
  readonly environment: EnvironmentDocument | null;
  readonly inputs: RootInputs;
  /** Secrets that cross between parts, as `part.output`. */
  readonly secrets: readonly string[];
  readonly problems: readonly Problem[];
}

/** Cuts the parts and makes the documents around them. Nothing is written. */
export async function prepareEmission(
  split: Split,
  given: {
    readonly options: SplitOptions;
    /** Values that a state marks as sensitive. */
    readonly marked: ReadonlySet<string>;
    readonly signal: AbortSignal;
  },
): Promise<PreparedEmission> {
  const { options, signal } = given;
  const { analysis } = split;
  const typeOf = (wire: Wire): ValueType => typeOfWire(analysis, wire, given.marked);
  const naming = { blueprint: options.name ?? nameOfRoot(analysis.source.folder), version: options.version };
  const inputs = await readRootInputs(analysis.source, options.values);
  const { parts, problems } = await emitSplit(split, { wiring: options.wiring, wrap: options.wrap, typeOf, signal });
  const environment =
    options.target === null
      ? null
      : environmentOf(inputs, { naming, environment: options.environment ?? naming.blueprint, target: options.target });
  const untargeted = problem({
    severity: 'info',
    code: 'no-target',
    message: 'No environment was made: nothing tells which account and region the root runs in.',
    advice: 'Give the target.',
  });
  const blueprint = blueprintOf(split, inputs, { naming, wiring: options.wiring });
  const clear = clearValueProblems(inputs, { blueprint, environment });
  return {
    naming,
    parts,
    blueprint,
    environment,
    inputs,
    secrets: split.crossings.wires
      .filter((wire) => typeOf(wire).sensitive)
      .map(({ from, name }) => `${split.groups[from]?.name ?? ''}.${name}`),
    problems: [...inputs.problems, ...problems, ...clear, ...(environment === null ? [untargeted] : [])],
  };
}
