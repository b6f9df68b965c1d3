import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Problem } from '#shared/model/index.ts';
import { parseYaml, placeProblems } from '#engine/files/index.ts';
import { problemsOfIssues } from '#shared/blueprint/index.ts';

const dependencySchema = z.object({
  name: z.string(),
  version: z.union([z.string(), z.number()]).optional(),
  repository: z.string().optional(),
  alias: z.string().optional(),
  condition: z.string().optional(),
  tags: z.array(z.string()).optional(),
});
export type ChartDependency = z.infer<typeof dependencySchema>;

const chartSchema = z.object({
  apiVersion: z.string(),
  name: z.string(),
  version: z.union([z.string(), z.number()]),
  description: z.string().optional(),
  type: z.enum(['application', 'library']).default('application'),
  kubeVersion: z.string().optional(),
  dependencies: z.array(dependencySchema).nullish(),
});
type ChartDocument = z.infer<typeof chartSchema>;

/** What `Chart.yaml` says, and where. */
export interface ChartFile {
  readonly document: ChartDocument;
  /** Those of `requirements.yaml` in charts of the first format. */
  readonly dependencies: readonly ChartDependency[];
  lineOf(path: readonly (string | number)[]): number;
}

export const chartFileName = 'Chart.yaml';

type Reading =
  | { readonly chart: ChartFile; readonly problems: readonly [] }
  | { readonly chart: null; readonly problems: readonly Problem[] };

async function textOf(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}

/** Reads the `Chart.yaml` of a chart's folder; what is wrong is named with line and field. */
export async function readChartFile(folder: string, prefix = ''): Promise<Reading> {
  const file = `${prefix}${chartFileName}`;
  const yaml = parseYaml((await textOf(path.join(folder, chartFileName))) ?? '', file);
  if (yaml.problems.length > 0) return { chart: null, problems: yaml.problems };
  const parsed = chartSchema.safeParse(yaml.value);
  if (!parsed.success) {
    const problems = problemsOfIssues(parsed.error.issues, Object.keys(chartSchema.shape));
    return { chart: null, problems: placeProblems(problems, yaml, file) };
  }
  const separate = await textOf(path.join(folder, 'requirements.yaml'));
  const older =
    separate === null
      ? null
      : z
          .object({ dependencies: z.array(dependencySchema).nullish() })
          .safeParse(parseYaml(separate, 'requirements.yaml').value);
  const dependencies = parsed.data.dependencies ?? (older?.success === true ? older.data.dependencies : null) ?? [];
  return { chart: { document: parsed.data, dependencies, lineOf: (at) => yaml.positionOf(at).line }, problems: [] };
}
