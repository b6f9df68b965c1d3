import { access as canAccess } from 'node:fs/promises';
import path from 'node:path';
import type { Logger, Processes } from '../../../ports/index.ts';
import { userCacheDirectory } from '../toolchain.ts';
import { findTool, type FoundTool } from './find-tool.ts';
import { createInvoker, type Invoker } from './invoke.ts';

export interface TerraformToolOptions {
  readonly processes: Processes;
  readonly logger: Logger;
  /** This process's environment; a child sees an allow-list of it. */
  readonly environment: Readonly<Record<string, string>>;
  /** What the settings name (`tools.opentofu`), asked each time the tool is looked for; null for none. */
  readonly configured: () => string | null;
  /** Per-user folder for providers and schemas; by default `groundplan` in the user's cache folder. */
  readonly cacheDirectory?: string;
  /** Seconds to wait for a state that somebody else has locked. */
  readonly lockTimeoutSeconds?: number;
}

/** What everything that runs the tool shares: which tool it is, how it is started, where providers are kept. */
export interface Tooling {
  readonly cache: string;
  readonly pluginCache: string;
  readonly identify: () => Promise<FoundTool>;
  readonly invoker: Invoker;
}

export function startTooling(options: TerraformToolOptions): Tooling {
  const cache = options.cacheDirectory ?? path.join(userCacheDirectory(options.environment), 'groundplan');
  const pluginCache = path.join(cache, 'providers');
  const identify = rememberTool(options);
  const invoker = createInvoker({
    tool: identify,
    processes: options.processes,
    environment: options.environment,
    cliConfigFile: () => existing(options.environment['TF_CLI_CONFIG_FILE']),
    pluginCache,
  });
  return { cache, pluginCache, identify, invoker };
}

/** The tool is looked for once per setting; a failed search is repeated, since the user may install it meanwhile. */
function rememberTool(options: TerraformToolOptions): () => Promise<FoundTool> {
  let known: { readonly configured: string | null; readonly tool: Promise<FoundTool> } | null = null;
  return () => {
    const configured = options.configured();
    if (known !== null && known.configured === configured) return known.tool;
    const tool = findTool({ processes: options.processes, environment: options.environment, configured });
    known = { configured, tool };
    tool.catch(() => {
      known = null;
    });
    return tool;
  };
}

async function existing(file: string | undefined): Promise<string | null> {
  if (file === undefined || file === '') return null;
  try {
    await canAccess(file);
    return file;
  } catch {
    // A setting that points nowhere is left out: the tool would stop at it.
    return null;
  }
}
