import type { Json } from '#shared/base/json.ts';
import type { BlueprintDocument, EnvironmentDocument, Problem } from '#shared/model/index.ts';
import { problem } from '../source/problem.ts';
import type { RootInputs } from '../source/root-inputs.ts';

const secretName =
  /pass(?:word|wd|phrase)|secret|token|credential|(?:api|access|account|auth|encryption|private|shared|signing)_?key/i;

/** What names a secret, or says something of it, without being one. */
const harmlessName =
  /_(?:arns?|count|days|enabled|endpoint|file|format|hours|ids?|length|minutes|mode|names?|path|policy|seconds|ttl|type|uri|url|version)$/i;

/** True when a text in the value is a secret by its name; names of fields count with those around them. */
function isClearSecret(name: string, value: Json | undefined): boolean {
  if (typeof value === 'string') return value !== '' && secretName.test(name) && !harmlessName.test(name);
  if (Array.isArray(value)) return value.some((inner) => isClearSecret(name, inner));
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([field, inner]) => isClearSecret(`${name}_${field}`, inner));
}

/** Warns of values in the written documents that are secrets by their name, where the code does not call them so. */
export function clearValueProblems(
  { variables }: RootInputs,
  written: { readonly blueprint: BlueprintDocument; readonly environment: EnvironmentDocument | null },
): readonly Problem[] {
  return Object.entries(variables.properties).flatMap(([name, schema]) => {
    if (schema['x-sensitive'] === true) return [];
    const places = [
      ...(isClearSecret(name, written.environment?.inputs?.[name]) ? ['environment'] : []),
      ...(isClearSecret(name, written.blueprint.inputs?.[name]?.default) ? ['blueprint'] : []),
    ];
    if (places.length === 0) return [];
    const [, file, line] = /^(.*):(\d+)$/.exec(schema['x-origin']?.where ?? '') ?? [];
    const message = `The ${places.join(' and the ')} holds the value of ${name} in clear: it is a secret by its name, but its variable is not sensitive.`;
    const advice = 'Mark the variable sensitive and write the parts once more, or see that it is no secret.';
    const place = { file: file ?? null, line: line === undefined ? null : Number(line) };
    return [problem({ severity: 'warning', code: 'secret-in-clear', message, advice, ...place })];
  });
}
