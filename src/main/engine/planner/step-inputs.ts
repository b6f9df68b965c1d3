import type { Json, JsonObject } from '#shared/base/json.ts';
import type { Envelope } from '#shared/model/index.ts';
import { evaluateIn, type Values } from './frame.ts';
import { wiring, type Step } from './steps.ts';

/** What a step gets, as far as it is known now. */
export interface StepInputs {
  /** Values by variable name: only those that are known. */
  readonly variables: JsonObject;
  /** Names of variables whose value must not be shown. */
  readonly sensitive: readonly string[];
  /** Outputs of other steps that do not exist yet; the step is deferred while there are any. */
  readonly waitsFor: Envelope['waitsFor'];
  /** Inputs of the deployment that nobody has given yet. */
  readonly missing: readonly string[];
  /** What cannot be evaluated, as sentences. */
  readonly problems: readonly string[];
}

/** Evaluates everything a step's blueprint sets. A value that is null is left to the artifact's own default. */
export function inputsOf(step: Step, values: Values): StepInputs {
  const variables: JsonObject = {};
  const sensitive: string[] = [];
  const waitsFor: Envelope['waitsFor'] = [];
  const missing = new Set<string>();
  const problems: string[] = [];
  for (const { input, origins } of wiring(step)) {
    const evaluation = evaluateIn(step.frame, step.set[input] ?? null, values);
    switch (evaluation.state) {
      case 'known':
        if (evaluation.value !== null) variables[input] = evaluation.value;
        if (evaluation.sensitive || step.artifact.inputs.properties[input]?.['x-sensitive'] === true) {
          sensitive.push(input);
        }
        break;
      case 'unknown':
        for (const origin of origins) {
          if (origin.kind === 'input') {
            if (isMissing(step, origin.name, values)) missing.add(origin.name);
          } else if (values.outputs(origin.step, origin.output).state === 'unknown') {
            waitsFor.push({ input, node: origin.step, output: origin.output });
          }
        }
        break;
      case 'error':
        problems.push(...evaluation.problems.map((problem) => `${step.id}.${input}: ${problem.message}`));
        break;
    }
  }
  return { variables, sensitive, waitsFor, missing: [...missing].sort(), problems };
}

function isMissing(step: Step, name: string, values: Values): boolean {
  let frame = step.frame;
  while (frame.outer !== null) frame = frame.outer.frame;
  return !Object.hasOwn(values.inputs, name) && frame.blueprint.document.inputs?.[name]?.default === undefined;
}

/** Where each variable comes from, with its value unless it is secret or not known: what an approval binds. */
export function wiringDigestSource(step: Step, inputs: StepInputs): Json {
  return wiring(step).map(({ input, origins }) => ({
    input,
    origins: origins.map((origin) =>
      origin.kind === 'input' ? `inputs.${origin.name}` : `${origin.step}.${origin.output}`,
    ),
    value: inputs.sensitive.includes(input) ? 'sensitive' : (inputs.variables[input] ?? null),
  }));
}
