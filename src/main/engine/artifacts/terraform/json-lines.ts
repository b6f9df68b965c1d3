import type { JsonObject } from '#shared/base/json.ts';
import { failed, ok, type Result } from '#shared/base/result.ts';
import { parseYaml, type YamlText } from '#engine/files/index.ts';
import type { SyntaxFinding } from './hcl-parse.ts';

/** A `.tf.json` file: its data, and where its keys stand. JSON is read as YAML, which keeps positions. */
export function parseTerraformJson(
  file: string,
  text: string,
): Result<
  { readonly data: JsonObject; readonly lineOf: (path: readonly (string | number)[]) => number },
  SyntaxFinding
> {
  const yaml: YamlText = parseYaml(text, file);
  const findings = yaml.problems.map(({ line, column, message }) => ({
    line: line ?? 1,
    column: column ?? 1,
    message,
  }));
  if (findings.length > 0) return failed(findings);
  const { value } = yaml;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return failed([{ line: 1, column: 1, message: 'The file must hold one JSON object.' }]);
  }
  return ok({ data: value as JsonObject, lineOf: (path) => yaml.positionOf(path).line });
}
