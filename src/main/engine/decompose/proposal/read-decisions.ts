import { problemsOfIssues } from '#shared/blueprint/index.ts';
import { splitDecisionsSchema, type Problem, type SplitDecisions } from '#shared/model/index.ts';
import { parseYaml, placeProblems } from '#engine/files/index.ts';

/**
 * Decisions from the text of a file of pins; an empty one decides nothing. What cannot be read is told with its line and
 * column, and there are no decisions then.
 */
export function readDecisions(
  text: string,
  file: string,
): { readonly decisions: SplitDecisions | null; readonly problems: Problem[] } {
  const yaml = parseYaml(text, file);
  if (yaml.problems.length > 0) return { decisions: null, problems: [...yaml.problems] };
  const parsed = splitDecisionsSchema.safeParse(yaml.value ?? {});
  if (parsed.success) return { decisions: parsed.data, problems: [] };
  const fields = Object.keys(splitDecisionsSchema.shape);
  return { decisions: null, problems: [...placeProblems(problemsOfIssues(parsed.error.issues, fields), yaml, file)] };
}
