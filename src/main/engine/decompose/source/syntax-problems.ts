import { parseHcl, type SyntaxFinding } from '../../artifacts/terraform/hcl-parse.ts';
import { parseTerraformJson } from '../../artifacts/terraform/json-lines.ts';

/** What keeps a configuration file from being read, in either syntax; empty for one that can be. */
export async function syntaxProblems(file: string, text: string): Promise<readonly SyntaxFinding[]> {
  if (!file.endsWith('.json')) {
    const parsed = await parseHcl(file, text);
    return parsed.ok ? [] : parsed.problems;
  }
  const read = parseTerraformJson(file, text);
  // What follows from the first mistake says nothing of its own.
  if (!read.ok) return read.problems.slice(0, 1);
  try {
    JSON.parse(text);
    return [];
  } catch (error) {
    // What reads positions takes more than JSON.
    const message = error instanceof Error ? error.message : String(error);
    const [, line = '1', column = '1'] = /line (\d+) column (\d+)/.exec(message) ?? [];
    return [{ line: Number(line), column: Number(column), message }];
  }
}
