import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import type { Json, JsonObject } from '#shared/base/json.ts';
import { inputPorts } from '#shared/blueprint/index.ts';
import { isCidr } from '#shared/expressions/index.ts';
import {
  secretReferenceSchema,
  type Actor,
  type BlueprintDocument,
  type BlueprintInput,
  type ReviewInput,
} from '#shared/model/index.ts';

/** What is wrong with one given value. Never holds the value of a sensitive input. */
export interface InputProblem {
  readonly input: string;
  readonly message: string;
}

/**
 * Checks the values somebody gives for a blueprint's inputs: known names, right types, not what the target decides,
 * and for an agent only what the blueprint lets agents set.
 */
export function checkGivenInputs(
  document: BlueprintDocument,
  given: JsonObject,
  by: Actor['kind'],
): readonly InputProblem[] {
  const declared = document.inputs ?? {};
  const schemas = inputPorts(document).properties;
  const problems: InputProblem[] = [];
  for (const [name, value] of Object.entries(given)) {
    const input = Object.hasOwn(declared, name) ? declared[name] : undefined;
    const refuse = (message: string): number => problems.push({ input: name, message });
    if (input === undefined) {
      refuse(`${document.blueprint} has no input "${name}"; it has ${Object.keys(declared).join(', ') || 'none'}.`);
    } else if (input.from === 'target') {
      refuse(`"${name}" comes from the target and cannot be set.`);
    } else if (by === 'agent' && input.agent !== 'set') {
      refuse(
        input.agent === 'fixed'
          ? `"${name}" is fixed for agents: leave it out and it takes its default.`
          : `"${name}" is filled in by a person on the review screen: leave it out.`,
      );
    } else if (!(input.sensitive === true && isSecretReference(value))) {
      const wrong = typeProblem(schemas[name] ?? {}, value);
      if (wrong !== null) refuse(input.sensitive === true ? `"${name}" has the wrong form.` : `"${name}" ${wrong}.`);
    }
  }
  return problems;
}

function typeProblem(schema: object, value: Json): string | null {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  ajv.addFormat('cidr', { type: 'string', validate: isCidr });
  for (const format of new Set(formatsIn(schema))) if (format !== 'cidr') ajv.addFormat(format, true);
  const validate = ajv.compile(schema);
  if (validate(value)) return null;
  return (validate.errors ?? [])
    .map((error) => `${error.instancePath === '' ? '' : `at ${error.instancePath} `}${wordsOf(error)}`)
    .join(', ');
}

/** The validator's message, where it does not say what would do. */
function wordsOf({ keyword, params, message = 'is wrong' }: ErrorObject): string {
  const allowed: unknown = params['allowedValues'];
  if (keyword === 'enum' && Array.isArray(allowed)) {
    return `must be one of ${allowed.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join(', ')}`;
  }
  if (keyword === 'format' && params['format'] === 'cidr') return 'must be an address range such as 10.40.0.0/16';
  return message;
}

/** Formats other than ours are the tools' to check. */
function formatsIn(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) =>
    key === 'format' && typeof value === 'string' ? [value] : formatsIn(value),
  );
}

export function isSecretReference(value: Json): value is { secret: string } {
  return secretReferenceSchema.safeParse(value).success;
}

/** Where the value of an input came from. */
type GivenBy = 'proposer' | 'person';

export interface ReviewInputsOptions {
  readonly document: BlueprintDocument;
  /** Values as they are kept: secrets as references. */
  readonly given: JsonObject;
  readonly givenBy: Readonly<Record<string, GivenBy>>;
  readonly target: Readonly<Record<string, string>>;
  /** Sensitive inputs whose secret is not (or no longer) there. */
  readonly lost: readonly string[];
}

/** The inputs as the review shows them: value, where it came from, what is missing. */
export function reviewInputs(options: ReviewInputsOptions): ReviewInput[] {
  return Object.entries(options.document.inputs ?? {}).map(([name, input]): ReviewInput => {
    const found = find(name, input, options);
    return {
      name,
      value: input.sensitive === true ? null : found.value,
      origin: found.origin,
      sensitive: input.sensitive === true,
      required: input.default === undefined && input.from !== 'target',
      description: input.description ?? '',
    };
  });
}

function find(
  name: string,
  input: BlueprintInput,
  options: ReviewInputsOptions,
): { value: Json; origin: ReviewInput['origin'] } {
  if (input.from === 'target') return { value: options.target[name] ?? null, origin: 'target' };
  const given = Object.hasOwn(options.given, name) ? options.given[name] : undefined;
  if (given !== undefined && !options.lost.includes(name)) {
    return { value: given, origin: options.givenBy[name] ?? 'proposer' };
  }
  if (input.default !== undefined) return { value: input.default, origin: 'default' };
  return { value: null, origin: 'missing' };
}

/** Names of the inputs that still have no value. */
export function missingInputs(inputs: readonly ReviewInput[]): string[] {
  return inputs.filter((input) => input.origin === 'missing').map((input) => input.name);
}
