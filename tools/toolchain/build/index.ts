import path from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import type { BuildContext } from './context.ts';
import { buildGoProgram, downloadGoModule, moduleFolder } from './go.ts';
import { buildProvider } from './provider.ts';
import { buildPythonTool } from './python.ts';

/** Makes one tool in the context's folder, in the way its recipe says. */
export async function buildTool(context: BuildContext): Promise<void> {
  const { build, executable, version } = context.recipe;
  const output = path.join(context.folder, executable);
  switch (build.kind) {
    case 'go-main-module': {
      const directory = await downloadGoModule(context, `${build.module}@v${version}`);
      return buildGoProgram(context, { directory, package: build.package, output, variables: build.variables });
    }
    case 'go-tool': {
      const directory = moduleFolder(build.folder);
      return buildGoProgram(context, { directory, package: build.package, output, variables: build.variables });
    }
    case 'provider':
      return buildProvider(context, build);
    case 'python':
      return buildPythonTool(context, build);
    case 'system':
      throw new AppError('tool-missing', `${context.recipe.title} is missing.`, { advice: build.advice });
  }
}
