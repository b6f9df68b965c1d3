import path from 'node:path';
import { z } from 'zod';

/** What one suite or step came to. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
  /** What failed, by name: for each test its file and its titles. */
  readonly wrong: readonly string[];
  /** Tests that could not be run here: for each its file and the name that says why. */
  readonly left: readonly string[];
}

const vitestReportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(
        z.object({ ancestorTitles: z.array(z.string()), title: z.string(), status: z.string() }),
      ),
    }),
  ),
});

type FileResult = z.infer<typeof vitestReportSchema>['testResults'][number];

function wrongIn({ name, status, assertionResults }: FileResult, root: string): string[] {
  const file = path.relative(root, name);
  const tests = assertionResults.filter((one) => one.status === 'failed');
  if (tests.length === 0) return status === 'failed' ? [`${file}: outside its tests`] : [];
  return tests.map(({ ancestorTitles, title }) => `${file}: ${[...ancestorTitles, title].join(' > ')}`);
}

/**
 * Counts what Vitest's JSON report tells of one suite.
 *
 * @param suite the suite's name, for what failed outside of all files
 * @param report the report's text
 * @param from the exit code of Vitest, and the folder that file names are told from
 * @throws when the text is not such a report
 */
export function readReport(suite: string, report: string, from: { code: number; root: string }): Count {
  const { numPassedTests, numFailedTests, testResults } = vitestReportSchema.parse(JSON.parse(report));
  const named = testResults.flatMap((file) => wrongIn(file, from.root));
  // A file that could not even be collected has no tests to count, and is a failure all the same.
  const failed = Math.max(numFailedTests, named.length, from.code === 0 ? 0 : 1);
  const left = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status !== 'passed' && status !== 'failed')
      .map(({ ancestorTitles, title }) => `${path.relative(from.root, name)}: ${ancestorTitles[0] ?? title}`),
  );
  const wrong = named.length === 0 && failed > 0 ? [`${suite}: outside the test files`] : named;
  return { passed: numPassedTests, failed, wrong, left };
}
