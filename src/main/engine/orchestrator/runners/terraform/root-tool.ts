import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Json } from '#shared/base/json.ts';
import { AppError } from '#shared/errors/index.ts';
import type { CloudAccess, RootRun, RootTool } from '../../../ports/index.ts';
import { holdState } from './hold-state.ts';
import { initialize } from './initialize.ts';
import { localStateFile } from './local-state-file.ts';
import type { FailedCommand } from './tool-failure.ts';
import { privateFolder } from './private-folder.ts';
import { startTooling, type TerraformToolOptions } from './tooling.ts';

/** Variables of a terminal that a root's providers, backend and variables are given by. */
const handedOn = /^(AWS|ARM|AZURE|GOOGLE|CLOUDSDK|TF_VAR)_/;

const validationSchema = z.looseObject({
  diagnostics: z.array(
    z.looseObject({
      severity: z.string(),
      summary: z.string(),
      detail: z.string().optional(),
      range: z.looseObject({ filename: z.string(), start: z.looseObject({ line: z.number() }) }).optional(),
    }),
  ),
});

function ownAccess(environment: Readonly<Record<string, string>>): CloudAccess {
  return {
    cloud: 'aws',
    accountId: null,
    region: environment['AWS_REGION'] ?? environment['AWS_DEFAULT_REGION'] ?? '',
    env: Object.fromEntries(Object.entries(environment).filter(([name]) => handedOn.test(name))),
    endpoint: environment['AWS_ENDPOINT_URL'] ?? null,
  };
}

function readValidation(text: string): readonly string[] {
  const parsed = validationSchema.safeParse(JSON.parse(text));
  if (!parsed.success) throw new AppError('tool-failed', 'The tool’s answer to validate cannot be read.');
  return parsed.data.diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ summary, detail, range }) => {
      const place = range === undefined ? '' : `${range.filename}:${range.start.line}: `;
      return `${place}${summary}${detail === undefined || detail === '' ? '' : `: ${detail.replaceAll(/\s+/g, ' ')}`}`;
    });
}

/** OpenTofu or Terraform as a `RootTool`: real processes, argument arrays, an environment from an allow-list. */
export function createRootTool(options: TerraformToolOptions): RootTool {
  const { environment } = options;
  const { identify, invoker, pluginCache } = startTooling(options);
  const patience = options.lockTimeoutSeconds ?? 30;

  function envOf({ access, workspace, isUsers }: RootRun): CloudAccess {
    const data = isUsers === true ? environment['TF_DATA_DIR'] : undefined;
    return {
      ...access,
      env: {
        ...access.env,
        ...(workspace === null ? {} : { TF_WORKSPACE: workspace }),
        ...(data === undefined ? {} : { TF_DATA_DIR: data }),
      },
    };
  }
  const dataFolder = (root: string): string => path.resolve(root, environment['TF_DATA_DIR'] ?? '.terraform');
  const invocation = (run: RootRun, command: FailedCommand['command'], args: readonly string[]) => ({
    command,
    args,
    directory: run.folder,
    access: envOf(run),
    signal: run.signal,
    messages: false,
  });

  return {
    ownAccess: () => ownAccess(environment),
    identify,

    async selectedWorkspace(root) {
      const selected =
        environment['TF_WORKSPACE'] ??
        (await readFile(path.join(dataFolder(root), 'environment'), 'utf8').catch(() => ''));
      const name = selected.trim();
      return name === '' || name === 'default' ? null : name;
    },

    async initialize(run) {
      await privateFolder(pluginCache);
      const start = (workspace: string | null): Promise<void> =>
        initialize({
          invoker,
          directory: run.folder,
          access: envOf({ ...run, workspace }),
          signal: run.signal,
          logger: options.logger,
          localBackend: true,
        });
      await start(null);
      if (run.workspace === null) return;
      const unselected = { ...run, workspace: null };
      await invoker.run(invocation(unselected, 'workspace', ['workspace', 'select', '-or-create', run.workspace]));
    },

    async validate(run) {
      const outcome = await invoker.attempt(invocation(run, 'validate', ['validate', '-json']));
      return readValidation(outcome.result.stdout);
    },

    async plan(run) {
      const planFile = path.join(run.folder, `${randomUUID()}.tfplan`);
      try {
        const args = ['plan', '-json', '-input=false', '-lock=false', `-out=${planFile}`];
        await invoker.run({ ...invocation(run, 'plan', args), messages: true });
        return JSON.parse(await invoker.run(invocation(run, 'show', ['show', '-json', planFile]))) as Json;
      } finally {
        await rm(planFile, { force: true });
      }
    },

    pullState: (run) => invoker.run(invocation(run, 'state', ['state', 'pull'])),

    async pushState(run) {
      const lock = run.lock === 'held' ? '-lock=false' : `-lock-timeout=${patience}s`;
      await invoker.run(invocation(run, 'state', ['state', 'push', lock, run.file]));
    },

    async holdState(run) {
      const { folder, workspace, signal } = run;
      return holdState({
        invoker,
        directory: folder,
        access: envOf(run),
        stateFile: await localStateFile(folder, dataFolder(folder), workspace),
        patienceMs: patience * 1000,
        signal,
      });
    },
  };
}
