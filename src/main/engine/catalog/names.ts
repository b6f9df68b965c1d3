import path from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import { nameSchema, versionSchema } from '#shared/model/index.ts';
import type { WorkspacePaths } from '../ports/index.ts';

/** Checks a name before it becomes a part of a path. Throws `bad-input`. */
function checkedName(name: string, what: string): string {
  if (nameSchema.safeParse(name).success) return name;
  throw new AppError('bad-input', `"${name}" cannot be the name of ${what}.`, {
    advice: 'Use lower-case letters, digits and dashes, starting with a letter.',
    details: { name },
  });
}

/** Where the draft of a blueprint lies. Throws `bad-input` for a name that is none. */
export function draftFolder(paths: WorkspacePaths, name: string): string {
  return path.join(paths.blueprints, checkedName(name, 'a blueprint'));
}

/** Where a published version lies. Throws `bad-input` for a name or version that is none. */
export function releaseFolder(paths: WorkspacePaths, name: string, version: string): string {
  if (!versionSchema.safeParse(version).success) {
    throw new AppError('bad-input', `"${version}" is not a version.`, {
      advice: 'Use a semantic version such as 1.2.0.',
      details: { version },
    });
  }
  return path.join(paths.catalog, checkedName(name, 'a blueprint or artifact'), version);
}

/** Where an environment's file lies. Throws `bad-input` for a name that is none. */
export function environmentFile(paths: WorkspacePaths, name: string): string {
  return path.join(paths.environments, `${checkedName(name, 'an environment')}.yaml`);
}

/** First lines of our files, so that editors complete and check them; the schemas are kept by `installSchemas`. */
export const schemaAddresses = {
  blueprint: '../../.groundplan/schemas/blueprint.schema.json',
  release: '../../../.groundplan/schemas/release.schema.json',
  lock: '../../../.groundplan/schemas/lock.schema.json',
  environment: '../.groundplan/schemas/environment.schema.json',
} as const;
