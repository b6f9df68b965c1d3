import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Logger, Processes } from '../../../ports/index.ts';
import { tableOfAnswer } from './from-tool.ts';
import { versionsIn, writeTable } from './table-files.ts';

/** Today's largest provider answers with some 20 MB. */
const maximumAnswer = 256 * 1024 * 1024;
const longestMs = 120_000;

/** A provider program on the disk, as the tools lay it: `<host>/<namespace>/<provider>/<version>/<platform>/`. */
interface InstalledProvider {
  readonly source: string;
  readonly provider: string;
  readonly version: string;
}

async function foldersIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
    throw error;
  });
  // Caches of plugins are linked to.
  return entries.filter((entry) => entry.isDirectory() || entry.isSymbolicLink()).map(({ name }) => name);
}

async function installedIn(plugins: string): Promise<readonly InstalledProvider[]> {
  const found: InstalledProvider[] = [];
  for (const host of await foldersIn(plugins)) {
    for (const namespace of await foldersIn(path.join(plugins, host))) {
      for (const provider of await foldersIn(path.join(plugins, host, namespace))) {
        for (const version of await foldersIn(path.join(plugins, host, namespace, provider))) {
          found.push({ source: `${host}/${namespace}/${provider}`, provider, version });
        }
      }
    }
  }
  return found;
}

function configuration({ source, provider, version }: InstalledProvider): string {
  return `terraform {
  required_providers {
    ${provider} = {
      source  = "${source}"
      version = "= ${version}"
    }
  }
}
`;
}

export interface AskToolDeps {
  readonly processes: Pick<Processes, 'find' | 'run'>;
  readonly logger: Logger;
  /** Where answers are kept. */
  readonly asked: string;
}

/** Asks the providers that are installed beside code for their schemas, each version once. */
export interface SchemaAsker {
  /** `plugins` is a folder as the tools lay it, such as `.terraform/providers`; it may not exist. */
  ask(plugins: string, signal: AbortSignal): Promise<void>;
}

/**
 * Lets OpenTofu or Terraform ask provider programs that lie on this disk for their schemas. Nothing is fetched, and
 * none of the user's settings, states or credentials are given along. A provider that does not answer is logged: the
 * tables that come with the app stand in for it.
 */
export function createSchemaAsker({ processes, logger, asked }: AskToolDeps): SchemaAsker {
  async function askOne(tool: string, installed: InstalledProvider, options: { plugins: string; signal: AbortSignal }) {
    const work = await mkdtemp(path.join(tmpdir(), 'groundplan-schema-'));
    const run = (args: readonly string[]) =>
      processes.run({
        file: tool,
        args,
        cwd: work,
        env: { HOME: work, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', TF_INPUT: '0' },
        timeoutMs: longestMs,
        maxOutput: maximumAnswer,
        signal: options.signal,
      });
    try {
      await writeFile(path.join(work, 'main.tf'), configuration(installed));
      const init = await run(['init', '-backend=false', '-input=false', `-plugin-dir=${options.plugins}`]);
      const answer = init.code === 0 ? await run(['providers', 'schema', '-json']) : init;
      options.signal.throwIfAborted();
      if (answer.code === 0) await writeTable(asked, tableOfAnswer(answer.stdout, installed));
      else logger.warn('schemas.not-answered', { ...installed, said: answer.stderr.slice(0, 2000) });
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  }

  return {
    async ask(plugins, signal) {
      const installed = await installedIn(plugins);
      if (installed.length === 0) return;
      const tool = (await processes.find('tofu')) ?? (await processes.find('terraform'));
      if (tool === null) return;
      for (const one of installed) {
        if ((await versionsIn(asked, one.provider)).includes(one.version)) continue;
        await askOne(tool, one, { plugins: path.resolve(plugins), signal });
      }
    },
  };
}
