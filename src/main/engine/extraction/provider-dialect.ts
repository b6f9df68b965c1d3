import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import type { Logger, TerraformTool, Workspace } from '#engine/ports/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { dialectOf, type Dialect } from '../patterns/index.ts';

/** The module of a question: nothing but the provider, in whatever version the machine has or gets. */
const question = `terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}
`;

/**
 * What the AWS provider at hand can be told, from its own schema. Null, with the reason in the log, when there is no
 * tool or no provider to ask.
 */
export async function askDialect(
  deps: { readonly tool: TerraformTool; readonly workspace: Workspace; readonly logger: Logger },
  signal: AbortSignal,
): Promise<Dialect | null> {
  const folder = path.join(deps.workspace.paths.work, `dialect-${randomUUID()}`);
  const sources = path.join(folder, 'sources');
  try {
    await mkdir(sources, { recursive: true, mode: 0o700 });
    await writeFile(path.join(sources, 'versions.tf'), question);
    const workdir = await deps.tool.prepare({
      sources,
      directory: path.join(folder, 'run'),
      // Reading a schema calls no cloud: it needs no credentials.
      access: { cloud: 'aws', accountId: null, region: 'us-east-1', env: {}, endpoint: null },
      variables: {},
      statePath: path.join(folder, 'state', 'terraform.tfstate'),
      signal,
    });
    return dialectOf(await deps.tool.providerSchemas(workdir, signal));
  } catch (error) {
    if (signal.aborted || !(error instanceof AppError)) throw error;
    deps.logger.warn('extraction.no-provider-schema', { code: error.code, message: error.message });
    return null;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
