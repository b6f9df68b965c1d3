import type { Json } from '#shared/base/json.ts';
import { isExactVersion, splitUse } from '#shared/blueprint/index.ts';
import {
  secretReferenceSchema,
  type Environment,
  type EnvironmentDocument,
  type Problem,
} from '#shared/model/index.ts';
import { readEnvironments } from './environment-files.ts';
import type { Library } from './library.ts';
import type { StoredRelease } from './release-files.ts';

/** What only the deployments know about an environment. */
export type EnvironmentStatus = Pick<
  Environment,
  'status' | 'resources' | 'lastDeployment' | 'drift' | 'driftCheckedAt'
>;

function neverDeployed(document: EnvironmentDocument): EnvironmentStatus {
  const adoptable = Object.values(document.imports ?? {}).some((addresses) => Object.keys(addresses).length > 0);
  return {
    status: adoptable ? 'adoptable' : 'proposed',
    resources: 0,
    lastDeployment: null,
    drift: 'unknown',
    driftCheckedAt: null,
  };
}

function problem(name: string, found: Pick<Problem, 'severity' | 'code' | 'message' | 'advice' | 'field'>): Problem {
  return { ...found, file: `environments/${name}.yaml`, line: null, column: null, node: null };
}

function checkDocument(document: EnvironmentDocument, releases: readonly StoredRelease[]): readonly Problem[] {
  const { environment: name, blueprint } = document;
  const { name: used, range } = splitUse(blueprint);
  if (!isExactVersion(range)) {
    const message = `${name} runs ${blueprint}, which is not an exact version.`;
    return [
      problem(name, {
        severity: 'error',
        code: 'not-exact',
        message,
        advice: 'Name the exact version.',
        field: 'blueprint',
      }),
    ];
  }
  const stored = releases.find(({ release }) => release.name === used && release.version === range);
  if (stored !== undefined) return [];
  const message = `${name} runs ${blueprint}, which is not in the catalog.`;
  const advice = 'Publish that version, or restore it from git.';
  return [problem(name, { severity: 'warning', code: 'unknown-release', message, advice, field: 'blueprint' })];
}

/** Inputs without secrets: a sensitive input shows at most the name of its secret. */
function shownInputs(
  document: EnvironmentDocument,
  stored: StoredRelease | undefined,
): { readonly inputs: Record<string, Json>; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const inputs = Object.entries(document.inputs ?? {}).map(([input, value]): [string, Json] => {
    const sensitive = stored?.ports.inputs.properties[input]?.['x-sensitive'] === true;
    if (!sensitive || secretReferenceSchema.safeParse(value).success) return [input, value];
    const message = `The sensitive input ${input} stands in the file itself.`;
    const advice = 'Write { secret: NAME } and keep the value in the secret store; it is in git now, so change it.';
    problems.push(
      problem(document.environment, {
        severity: 'error',
        code: 'secret-in-file',
        message,
        advice,
        field: `inputs.${input}`,
      }),
    );
    return [input, null];
  });
  return { inputs: Object.fromEntries(inputs), problems };
}

/** Every environment with what its file says and, from `statusOf`, what became of it. */
export async function listEnvironments(
  library: Library,
  statusOf: (name: string) => Promise<EnvironmentStatus | null>,
): Promise<{ readonly environments: Environment[]; readonly problems: Problem[] }> {
  const environments: Environment[] = [];
  const problems: Problem[] = [];
  const { releases } = await library.catalog();
  for (const reading of await readEnvironments(library.workspace)) {
    problems.push(...reading.problems);
    const { document } = reading;
    if (document === null) continue;
    problems.push(...reading.place(checkDocument(document, releases)));
    const { name, range } = splitUse(document.blueprint);
    const stored = releases.find(({ release }) => release.name === name && release.version === range);
    const shown = shownInputs(document, stored);
    problems.push(...reading.place(shown.problems));
    environments.push({
      name: document.environment,
      blueprint: name,
      version: range,
      target: document.target,
      inputs: shown.inputs,
      ...((await statusOf(document.environment)) ?? neverDeployed(document)),
    });
  }
  return { environments, problems };
}
