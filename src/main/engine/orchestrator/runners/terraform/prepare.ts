import { access as canAccess, readFile } from 'node:fs/promises';
import path from 'node:path';
import semver from 'semver';
import { AppError } from '#shared/errors/index.ts';
import type { Logger, TerraformTool, TerraformWorkdir } from '../../../ports/index.ts';
import { copySources } from './copy-sources.ts';
import type { FoundTool } from './find-tool.ts';
import { backendFile, generated, importsFile, providerFile, writeGenerated } from './generated-files.ts';
import { initialize } from './initialize.ts';
import type { Invoker } from './invoke.ts';
import { privateFolder } from './private-folder.ts';
import { providerArguments } from './provider-settings.ts';
import { createSourceScanner } from './scan-sources.ts';
import type { SchemaCache } from './schema-cache.ts';

interface PreparationOptions {
  readonly invoker: Invoker;
  readonly identify: () => Promise<FoundTool>;
  readonly schemas: SchemaCache;
  readonly pluginCache: string;
  readonly logger: Logger;
}

/** Makes working directories: sources, our files beside them, initialised. */
export function createPreparation(options: PreparationOptions): TerraformTool['prepare'] {
  const scan = createSourceScanner();
  const oneByOne = createQueue();
  return async (wanted) => {
    const { directory, access, signal } = wanted;
    const tool = await options.identify();
    await refuseUnsavedState(directory);
    await copySources(wanted.sources, directory);
    const facts = await scan(directory);
    await privateFolder(path.dirname(wanted.statePath));
    await privateFolder(options.pluginCache);
    await writeGenerated(directory, generated.variables, wanted.variables);
    if (!facts.ownBackend) await writeGenerated(directory, generated.backend, backendFile(wanted.statePath));
    if (wanted.imports !== undefined && Object.keys(wanted.imports).length > 0) {
      await writeGenerated(directory, generated.imports, importsFile(wanted.imports));
    }
    const localName = access.cloud === 'aws' ? facts.bareAwsProvider : null;
    if (localName !== null) {
      await writeGenerated(directory, generated.provider, providerFile(localName, { region: access.region }));
    }
    const start = (): Promise<void> =>
      initialize({
        invoker: options.invoker,
        directory,
        access,
        signal,
        logger: options.logger,
        localBackend: !facts.ownBackend,
      });
    // Only OpenTofu 1.10 and later lock the shared provider cache while they write to it.
    if (tool.name === 'tofu' && semver.gte(tool.version, '1.10.0')) await start();
    else await oneByOne(start);

    const workdir: TerraformWorkdir = {
      path: directory,
      access,
      statePath: facts.ownBackend ? null : wanted.statePath,
    };
    if (localName !== null && access.endpoint !== null) {
      const block = providerArguments(access, {
        schemas: await options.schemas.read(workdir, signal),
        majorVersion: await installedMajorVersion(directory),
      });
      await writeGenerated(directory, generated.provider, providerFile(localName, block));
    }
    return workdir;
  };
}

/** A state that could not be written lies there until somebody pushes it; planning over it would fork the state. */
async function refuseUnsavedState(directory: string): Promise<void> {
  const file = path.join(directory, 'errored.tfstate');
  const there = await canAccess(file).then(
    () => true,
    () => false,
  );
  if (!there) return;
  throw new AppError('conflict', 'The last run could not write its state; it is kept beside the run.', {
    advice: 'Push it with `tofu state push errored.tfstate` in that folder, then remove the file and try again.',
    details: { file },
  });
}

/** The version that `init` chose, from the lock file; 0 when the file does not name one. */
async function installedMajorVersion(directory: string): Promise<number> {
  const lock = await readFile(path.join(directory, '.terraform.lock.hcl'), 'utf8').catch(() => '');
  const found = /provider "[^"]*\/hashicorp\/aws" \{\s+version\s*=\s*"(\d+)\./.exec(lock);
  return found === null ? 0 : Number(found[1]);
}

function createQueue(): (work: () => Promise<void>) => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return (work) => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };
}
