import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Json } from '#shared/base/json.ts';
import { AppError, toAppError } from '#shared/errors/index.ts';
import { digestOf, type ProtectedAddress } from '../../planner/index.ts';

const policySchema = z.strictObject({
  protected: z
    .array(
      z.strictObject({
        environment: z.string().default('*'),
        address: z.string(),
        reason: z.string().default('the workspace says so'),
      }),
    )
    .default([]),
});

export interface Policy {
  readonly protected: readonly ProtectedAddress[];
  /** Over everything that was read: an approval is bound to the policy it was given under. */
  readonly digest: string;
}

/**
 * Reads `policy/*.yaml`: `protected: [{ environment, address, reason }]`, where `*` stands for anything.
 * Throws `bad-input` for a file that does not parse: a policy that cannot be read must not count as none.
 */
export async function readPolicy(folder: string): Promise<Policy> {
  const rules: ProtectedAddress[] = [];
  for (const name of (await namesIn(folder)).filter((file) => /\.ya?ml$/.test(file)).sort()) {
    try {
      const document: unknown = parse(await readFile(path.join(folder, name), 'utf8'));
      rules.push(...policySchema.parse(document ?? {}).protected);
    } catch (thrown) {
      throw new AppError('bad-input', `policy/${name} cannot be read: ${toAppError(thrown).message}`, {
        advice: 'Correct the file; nothing is deployed past a policy that cannot be read.',
        cause: thrown,
        details: { file: `policy/${name}` },
      });
    }
  }
  return { protected: rules, digest: digestOf(JSON.parse(JSON.stringify(rules)) as Json) };
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw thrown;
  }
}
