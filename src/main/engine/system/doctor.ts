import { access } from 'node:fs/promises';
import path from 'node:path';
import semver from 'semver';
import { AppError } from '#shared/errors/index.ts';
import type { ToolStatus } from '#shared/model/index.ts';
import { findTool, toolCandidates } from '../orchestrator/runners/terraform/index.ts';
import { findPrograms, toolchainFolders } from '../orchestrator/runners/toolchain.ts';
import type { Processes } from '../ports/index.ts';
import { externalTools, type ToolDeclaration } from './external-tools.ts';

/** The machine that is examined. */
export interface Examination {
  readonly processes: Processes;
  /** What the workspace's settings name as OpenTofu; null for nothing. */
  readonly configured: string | null;
  readonly environment: Readonly<Record<string, string>>;
}

/** Looks for every external tool and asks it for its version. Takes as long as the slowest of them, at most 20 s. */
export async function examineTools(examination: Examination): Promise<ToolStatus[]> {
  const used = await usedTool(examination);
  return Promise.all(externalTools.map((tool) => examine(tool, { ...examination, used })));
}

/** The file that deployments run, or null when there is none that can be used. */
async function usedTool(examination: Examination): Promise<string | null> {
  try {
    return (await findTool(examination)).path;
  } catch (thrown) {
    // That none can be used is told by the state of each.
    if (thrown instanceof AppError) return null;
    throw thrown;
  }
}

async function examine(
  tool: ToolDeclaration,
  examination: Examination & { readonly used: string | null },
): Promise<ToolStatus> {
  const { name, purpose, minimum, neededBy, advice } = tool;
  const base = { name, purpose, minimum, neededBy, inUse: false };
  let first: ToolStatus | null = null;
  for await (const file of filesOf(tool, examination)) {
    const version = await versionOf(tool, file, examination);
    const status = statusOf(version, minimum);
    const inUse = tool.runner !== null && file === examination.used;
    if (status === 'found') return { ...base, status, path: file, version, inUse, advice: null };
    const why = status === 'broken' ? 'It is there but does not tell its version.' : `Needs ${minimum} or newer.`;
    first ??= { ...base, status, path: file, version, advice: `${why} ${advice}` };
  }
  if (first !== null) return first;
  const named = isConfigured(tool, examination);
  return {
    ...base,
    status: 'missing',
    path: null,
    version: null,
    advice: named ? `groundplan.yaml names ${examination.configured}, which cannot be run. ${advice}` : advice,
  };
}

function isConfigured({ runner }: ToolDeclaration, { configured }: Examination): boolean {
  return configured !== null && runner === (path.basename(configured).startsWith('terraform') ? 'terraform' : 'tofu');
}

async function* filesOf(tool: ToolDeclaration, examination: Examination): AsyncGenerator<string> {
  if (tool.runner !== null) {
    const configured = isConfigured(tool, examination) ? examination.configured : null;
    for await (const candidate of toolCandidates({ ...examination, configured })) {
      if (candidate.name === tool.runner) yield candidate.file;
    }
  } else if (tool.places.names.length > 0 || tool.versionArgs !== null) {
    yield* findPrograms(tool.places, examination);
  } else {
    for (const folder of await toolchainFolders(tool.places.tool, examination.environment)) {
      const file = path.join(folder.path, tool.places.file);
      if (await isThere(file)) yield file;
    }
  }
}

function statusOf(version: string | null, minimum: string | null): 'found' | 'broken' | 'too-old' {
  if (version === null) return 'broken';
  const comparable = semver.coerce(version);
  return minimum !== null && comparable !== null && semver.lt(comparable, minimum) ? 'too-old' : 'found';
}

async function versionOf(tool: ToolDeclaration, file: string, examination: Examination): Promise<string | null> {
  if (tool.versionArgs === null) return new RegExp(`${tool.places.tool}-(\\d+\\.\\d+\\.\\d+)`).exec(file)?.[1] ?? null;
  const { PATH, HOME } = examination.environment;
  const env = {
    CHECKPOINT_DISABLE: '1',
    ...(PATH === undefined ? {} : { PATH }),
    ...(HOME === undefined ? {} : { HOME }),
  };
  try {
    const result = await examination.processes.run({ file, args: tool.versionArgs, cwd: '/', env, timeoutMs: 20_000 });
    return /\d+\.\d+(\.\d+)?/.exec(`${result.stdout}\n${result.stderr}`)?.[0] ?? null;
  } catch (thrown) {
    // A program that cannot be started is reported as broken, which is what the caller shows.
    if (thrown instanceof AppError) return null;
    throw thrown;
  }
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
