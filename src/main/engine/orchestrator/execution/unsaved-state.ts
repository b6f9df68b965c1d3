import { access as canAccess } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import type { Problem } from '#shared/model/index.ts';
import type { TerraformWorkdir } from '../../ports/index.ts';
import { problemOf } from '../context.ts';

function fileIn(workdir: TerraformWorkdir): string {
  return path.join(workdir.path, 'errored.tfstate');
}

/** Whether the tool left a state here that it could not write where it belongs. */
export async function hasUnsavedState(workdir: TerraformWorkdir): Promise<boolean> {
  return canAccess(fileIn(workdir)).then(
    () => true,
    () => false,
  );
}

export function unsavedStateProblem(step: string, workdir: TerraformWorkdir): Problem {
  return problemOf({
    code: 'state-not-saved',
    message: `The state of ${step} could not be written; it is kept in ${fileIn(workdir)}.`,
    advice: 'Push it with `tofu state push errored.tfstate` in that folder and remove the file, then resume.',
    node: step,
  });
}

/** Nothing is planned or applied over such a state: the two would part for good. */
export async function refuseUnsavedState(workdir: TerraformWorkdir, step: string): Promise<void> {
  if (!(await hasUnsavedState(workdir))) return;
  const { message, advice } = unsavedStateProblem(step, workdir);
  throw new AppError('conflict', message, { ...(advice === null ? {} : { advice }), details: { step } });
}
