import { randomUUID } from 'node:crypto';
import { chmod, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import semver from 'semver';
import type { Json } from '#shared/base/json.ts';
import { AppError } from '#shared/errors/index.ts';
import type { TerraformTool, TerraformWorkdir } from '../../../ports/index.ts';
import type { FoundTool } from './find-tool.ts';
import { fileDigest, privateCopy } from './plan-file.ts';
import { createPreparation } from './prepare.ts';
import { createSchemaCache } from './schema-cache.ts';
import { outputsOf, readStateIdentity } from './read-state.ts';
import { startTooling, type TerraformToolOptions } from './tooling.ts';

/** OpenTofu or Terraform as a `TerraformTool`: real processes, argument arrays, a clean environment. */
export function createTerraformTool(options: TerraformToolOptions): TerraformTool {
  const { cache, pluginCache, identify, invoker } = startTooling(options);
  const lockTimeout = `-lock-timeout=${options.lockTimeoutSeconds ?? 30}s`;
  const schemas = createSchemaCache({ invoker, identify, directory: path.join(cache, 'schemas') });
  const prepare = createPreparation({ invoker, identify, schemas, pluginCache, logger: options.logger });

  const read = (workdir: TerraformWorkdir, signal: AbortSignal, args: readonly string[]): Promise<string> =>
    invoker.run({ command: 'show', args, directory: workdir.path, access: workdir.access, signal, messages: false });

  /** A plan file as a document and as text. Each start of the tool starts the providers too, so one does for both. */
  async function readPlan(
    planFile: string,
    workdir: TerraformWorkdir,
    signal: AbortSignal,
  ): Promise<{ json: string; text: string }> {
    if (!tellsBoth(await identify())) {
      const [json, text] = await Promise.all([
        read(workdir, signal, ['show', '-json', planFile]),
        read(workdir, signal, ['show', '-no-color', planFile]),
      ]);
      return { json, text };
    }
    const file = `${planFile}.json`;
    try {
      const text = await read(workdir, signal, ['show', '-no-color', `-json-into=${file}`, planFile]);
      return { json: await readFile(file, 'utf8'), text };
    } finally {
      await rm(file, { force: true });
    }
  }

  return {
    identify,
    prepare,

    async plan(workdir, plan) {
      const planFile = path.join(workdir.path, `${randomUUID()}.tfplan`);
      const mode = { normal: [], 'refresh-only': ['-refresh-only'], destroy: ['-destroy'] }[plan.mode];
      const refresh = plan.refresh === false ? ['-refresh=false'] : [];
      await invoker.run({
        command: 'plan',
        args: ['plan', '-json', '-input=false', lockTimeout, ...mode, ...refresh, `-out=${planFile}`],
        directory: workdir.path,
        access: workdir.access,
        messages: true,
        ...plan,
      });
      await chmod(planFile, 0o600);
      const [{ json, text }, digest] = await Promise.all([
        readPlan(planFile, workdir, plan.signal),
        fileDigest(planFile),
      ]);
      return { planFile, digest, json: parseDocument(json, 'plan'), text };
    },

    async apply(workdir, apply) {
      await using copy = await privateCopy(apply.planFile, workdir.path);
      if (copy.digest !== apply.expectedDigest) {
        throw new AppError('digest-mismatch', 'The plan file is not the one that was approved.', {
          advice: 'Somebody or something changed it. Plan again and approve the new plan.',
          details: { expected: apply.expectedDigest, found: copy.digest },
        });
      }
      await invoker.run({
        command: 'apply',
        args: ['apply', '-json', '-input=false', lockTimeout, copy.file],
        directory: workdir.path,
        access: workdir.access,
        messages: true,
        ...apply,
      });
    },

    async state(workdir, signal) {
      const json = parseDocument(await read(workdir, signal, ['show', '-json']), 'state');
      const empty = typeof json !== 'object' || json === null || Array.isArray(json) || json['values'] === undefined;
      return empty ? null : json;
    },

    async stateIdentity(workdir, signal) {
      if (workdir.statePath !== null) return readStateIdentity(await readIfThere(workdir.statePath));
      return readStateIdentity(await read(workdir, signal, ['state', 'pull']));
    },

    async outputs(workdir, signal) {
      return outputsOf(parseDocument(await read(workdir, signal, ['output', '-json']), 'output'));
    },

    providerSchemas: (workdir, signal) => schemas.read(workdir, signal),
  };
}

/** From 1.12 on OpenTofu gives its machine's and its human's output in one run; Terraform does not. */
function tellsBoth({ name, version }: FoundTool): boolean {
  return name === 'tofu' && semver.gte(version, '1.12.0');
}

async function readIfThere(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw thrown;
  }
}

function parseDocument(text: string, what: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (thrown) {
    throw new AppError('tool-failed', `The tool's ${what} document cannot be read.`, { cause: thrown });
  }
}
