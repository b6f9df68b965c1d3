import path from 'node:path';
import semver from 'semver';
import { AppError } from '#shared/errors/index.ts';
import type { Processes } from '../../../ports/index.ts';
import { findPrograms } from '../toolchain.ts';

/** The oldest version of OpenTofu or Terraform whose plan format, `-json` output and import blocks are relied on. */
export const minimumVersion = '1.6.0';

export interface FoundTool {
  readonly path: string;
  readonly name: 'tofu' | 'terraform';
  readonly version: string;
}

export interface ToolSearch {
  readonly processes: Processes;
  /** What the workspace's settings name: a path, or a name on the search path; null when they name nothing. */
  readonly configured: string | null;
  readonly environment: Readonly<Record<string, string>>;
}

interface Candidate {
  readonly file: string;
  readonly name: FoundTool['name'];
}

const howToGet =
  'Install OpenTofu from your package manager, or run `npm run toolchain -- tofu` in a checkout of Groundplan; ' +
  'another place can be named under tools.opentofu in groundplan.yaml.';

/**
 * Finds OpenTofu, or else Terraform: what the settings name, `$GROUNDPLAN_TOOLCHAIN`, `tofu` on the search path, the
 * per-user toolchain, `terraform` on the search path; the first that is new enough.
 * Throws `tool-missing` or `tool-too-old`.
 */
export async function findTool(search: ToolSearch): Promise<FoundTool> {
  let tooOld: FoundTool | null = null;
  for await (const candidate of toolCandidates(search)) {
    const version = await askVersion(search, candidate.file);
    if (version === null) continue;
    const found: FoundTool = { path: candidate.file, name: candidate.name, version };
    if (semver.gte(version, minimumVersion)) return found;
    tooOld ??= found;
  }
  if (tooOld !== null) {
    throw new AppError(
      'tool-too-old',
      `${tooOld.path} is ${displayName(tooOld.name)} ${tooOld.version}; Groundplan needs ${minimumVersion} or newer.`,
      { advice: howToGet, details: { path: tooOld.path, version: tooOld.version, minimum: minimumVersion } },
    );
  }
  const named = search.configured === null ? '' : ` ${search.configured}, which the settings name, cannot be run.`;
  throw new AppError('tool-missing', `Neither OpenTofu nor Terraform was found.${named}`, {
    advice: howToGet,
    details: { searched: ['tofu', 'terraform'], configured: search.configured },
  });
}

function displayName(name: FoundTool['name']): string {
  return name === 'tofu' ? 'OpenTofu' : 'Terraform';
}

/** Every file that may be the tool, best first; whether it is new enough is not asked. */
export async function* toolCandidates(search: ToolSearch): AsyncGenerator<Candidate> {
  const { configured, environment, processes } = search;
  if (configured !== null) {
    // A choice is a choice: falling back in silence would run a tool the user did not mean.
    const file = await processes.find(configured);
    const name = path.basename(configured).startsWith('terraform') ? 'terraform' : 'tofu';
    if (file !== null) yield { file, name };
    return;
  }
  const places = { tool: 'tofu', file: path.join('bin', 'tofu'), names: ['tofu'] };
  for await (const file of findPrograms(places, { processes, environment })) yield { file, name: 'tofu' };
  const terraform = await processes.find('terraform');
  if (terraform !== null) yield { file: terraform, name: 'terraform' };
}

async function askVersion(search: ToolSearch, file: string): Promise<string | null> {
  const { PATH, HOME } = search.environment;
  const env = {
    CHECKPOINT_DISABLE: '1',
    ...(PATH === undefined ? {} : { PATH }),
    ...(HOME === undefined ? {} : { HOME }),
  };
  try {
    const result = await search.processes.run({
      file,
      args: ['version', '-json'],
      cwd: path.dirname(file),
      env,
      timeoutMs: 20_000,
    });
    const found = /\d+\.\d+\.\d+(-[0-9A-Za-z.]+)?/.exec(result.stdout);
    return found === null ? null : found[0];
  } catch (thrown) {
    // A file that cannot be started is as good as none; the next candidate is tried.
    if (thrown instanceof AppError) return null;
    throw thrown;
  }
}
