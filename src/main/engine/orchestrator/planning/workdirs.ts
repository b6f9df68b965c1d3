import { access as canAccess } from 'node:fs/promises';
import path from 'node:path';
import type { CloudAccess, TerraformWorkdir, WorkspacePaths } from '../../ports/index.ts';
import { statePath } from '../../workspace/index.ts';
import type { PlannedStep } from '../journal/index.ts';

/** Where a step is worked on, per deployment. */
export function workdirPath(paths: WorkspacePaths, deployment: string, step: string): string {
  return path.join(paths.work, deployment, step);
}

/** A folder prepared earlier, as it is on disk; null when it is gone. */
export async function existingWorkdir(
  paths: WorkspacePaths,
  of: { readonly deployment: string; readonly environment: string; readonly plan: PlannedStep },
  access: CloudAccess,
): Promise<TerraformWorkdir | null> {
  const directory = workdirPath(paths, of.deployment, of.plan.id);
  try {
    await canAccess(path.join(directory, '.terraform'));
  } catch {
    // Removed meanwhile, or its `init` never ended: the caller prepares it again.
    return null;
  }
  return {
    path: directory,
    access,
    statePath: of.plan.ownBackend ? null : statePath(paths, of.environment, of.plan.id),
  };
}
