import { existsSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { AppError } from '#shared/errors/index.ts';
import { findOnPath } from '../find-on-path.ts';
import { recipeFolder } from '../recipes.ts';
import { runCommand } from '../run-command.ts';
import type { BuildContext } from './context.ts';

const buildTimeoutSeconds = 40 * 60;
const attempts = 3;
const officialGo = '/usr/local/go/bin/go';

/** What the network, not the code, did wrong: worth another attempt, which goes on from what is downloaded. */
const passingFailure =
  /i\/o timeout|connection (?:reset|refused)|TLS handshake|unexpected EOF|stream error|50[0-9] |502|503|504|no such host/;

/** The path of the `go` command. @throws AppError `tool-missing` when there is none. */
export function findGo(title: string): string {
  const found = findOnPath(['go']) ?? (existsSync(officialGo) ? officialGo : null);
  if (found !== null) return found;
  throw new AppError('tool-missing', `Go is missing; ${title} is built with it.`, {
    advice: 'Install Go 1.26 or newer from https://go.dev/dl and see that `go` is on the PATH.',
  });
}

export interface GoBuild {
  /** The folder of the module in which the build runs. */
  readonly directory: string;
  readonly package: string;
  readonly output: string;
  /** Package variables set by the linker, such as a version. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Builds one static Go program. Downloads and compiled packages stay in Go's own caches, so that a second try goes on. */
export async function buildGoProgram(context: BuildContext, build: GoBuild): Promise<void> {
  const settings = Object.entries(build.variables).map(([name, value]) => ` -X ${name}=${value}`);
  const parts = ['build', '-trimpath', `-ldflags=-s -w${settings.join('')}`, '-o', build.output, build.package];
  await runGo(context, build.directory, parts);
}

/** Downloads a module and gives back the folder it lies in. */
export async function downloadGoModule(context: BuildContext, module: string): Promise<string> {
  const output = await runGo(context, context.folder, ['mod', 'download', '-json', module]);
  return z.object({ Dir: z.string() }).parse(JSON.parse(output)).Dir;
}

/** The folder of a module of ours under this one. */
export function moduleFolder(folder: string): string {
  return path.join(recipeFolder, folder);
}

async function runGo(context: BuildContext, directory: string, parts: string[]): Promise<string> {
  const go = findGo(context.recipe.title);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await runCommand(go, {
        arguments: parts,
        directory,
        env: goEnvironment(),
        signal: context.signal,
        timeoutSeconds: buildTimeoutSeconds,
      });
    } catch (error) {
      const passing = error instanceof AppError && error.code === 'tool-failed' && passingFailure.test(error.message);
      if (!passing || attempt === attempts) throw error;
      context.log(`the network failed; trying again (${attempt + 1} of ${attempts})`);
    }
  }
}

/** The user's proxies and caches, but none of the settings that would change what is built. */
function goEnvironment(): NodeJS.ProcessEnv {
  const { GOOS: _os, GOARCH: _arch, GOBIN: _bin, ...env } = process.env;
  return { ...env, CGO_ENABLED: '0', GOWORK: 'off', GOFLAGS: '-mod=readonly -buildvcs=false' };
}
