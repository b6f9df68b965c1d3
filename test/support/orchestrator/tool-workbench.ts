import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CloudAccess, Logger, Processes, RootTool, TerraformTool } from '#engine/ports/index.ts';
import { createRootTool, createTerraformTool } from '#engine/orchestrator/runners/terraform/index.ts';
import { tofuEnvironment } from '#test/support/toolchain/index.ts';
import { createNodeProcesses } from '../../../src/main/engine-adapters/node-processes.ts';

export const silentLogger: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** A temporary folder that is gone when the test is. */
export async function temporaryFolder(): Promise<{ path: string } & AsyncDisposable> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'groundplan-orchestrator-')));
  return { path: folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

/** Writes files by relative path. */
export async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

/** The real tool with the real provider from the toolchain. */
export function realTool(options: { environment?: Record<string, string>; configured?: string } = {}): TerraformTool {
  return createTerraformTool({
    processes: createNodeProcesses(),
    logger: silentLogger,
    environment: { ...tofuEnvironment(), ...options.environment },
    configured: () =>
      options.configured ?? path.join(tofuEnvironment()['PATH']?.split(path.delimiter)[0] ?? '', 'tofu'),
  });
}

/** The real tool for roots that are taken apart, with an environment like a terminal's. */
export function realRootTool(
  environment: Record<string, string> = {},
  processes: Processes = createNodeProcesses(),
): RootTool {
  return createRootTool({
    processes,
    logger: silentLogger,
    environment: { ...tofuEnvironment(), ...environment },
    configured: () => null,
    lockTimeoutSeconds: 2,
  });
}

export function accessTo(endpoint: string | null, account = '123456789012'): CloudAccess {
  return {
    cloud: 'aws',
    accountId: account,
    region: 'eu-west-1',
    env: { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
    endpoint,
  };
}

export const never = new AbortController().signal;
