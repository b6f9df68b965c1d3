import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Problem } from '#shared/model/index.ts';
import { configurationFiles, isConfigurationFile } from '../../artifacts/terraform/module.ts';
import { problem } from './problem.ts';
import { rootAssets } from './root-assets.ts';

/** States of other workspaces that lie beside the code: they are neither read nor divided. */
async function otherWorkspaces(folder: string): Promise<readonly Problem[]> {
  const entries = await readdir(path.join(folder, 'terraform.tfstate.d'), { withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
      throw error;
    },
  );
  const names = entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
  if (names.length === 0) return [];
  const message = `The root has states of workspaces beside it: ${names.join(', ')}. One workspace is divided at a time.`;
  const advice = 'Choose one with TF_WORKSPACE or `workspace select`, and split once for each.';
  return [problem({ severity: 'info', code: 'workspaces', message, advice })];
}

/** Files that the tool passes over, because a `.tofu` file of the same name stands in for them. */
function passedOver(names: readonly string[], read: readonly string[]): readonly Problem[] {
  return names
    .filter((name) => isConfigurationFile(name) && !read.includes(name))
    .map((name) => {
      const message = `${name} is not read, because a .tofu file of the same name stands in for it; no part has it.`;
      return problem({ severity: 'info', code: 'not-read', message, advice: null, file: name });
    });
}

/** Links and the like among what the root may read: no part could have it. */
async function notCopied(folder: string, signal: AbortSignal): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  await rootAssets(folder, {
    maximumFiles: Number.POSITIVE_INFINITY,
    maximumBytes: Number.POSITIVE_INFINITY,
    leaveOut: (file, message) =>
      problems.push(problem({ code: 'link-leads-out', message, advice: 'Replace it by a copy.', file })),
    signal,
  });
  return problems;
}

/** What lies beside a root's code and is not part of a split, told so that nobody misses it. */
export async function besideCode(folder: string, signal: AbortSignal): Promise<readonly Problem[]> {
  return [
    ...(await otherWorkspaces(folder)),
    ...passedOver(await readdir(folder), await configurationFiles(folder)),
    ...(await notCopied(folder, signal)),
  ];
}
