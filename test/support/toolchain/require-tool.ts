import { AppError } from '#shared/errors/index.ts';
import { locateTool, type ToolPlace } from '../../../tools/toolchain/cache.ts';
import { findRecipe } from '../../../tools/toolchain/recipes.ts';

/** The tools that tests may ask for, by the names of `tools/toolchain/recipes.json`. */
export type ToolName = 'tofu' | 'provider-aws' | 'moto' | 'helm' | 'etcd' | 'kube-apiserver' | 'chromium';

/**
 * The absolute path of a tool's main file: the program to run, or for `provider-aws` the
 * command-line configuration to point `TF_CLI_CONFIG_FILE` at.
 *
 * @throws AppError `tool-missing` that names the part, so that a test which lacks it fails by that name.
 */
export function requireTool(name: ToolName): string {
  const place = locate(name);
  if (place.executable !== null) return place.executable;
  const searched = place.directory === null ? 'the PATH' : place.directory;
  throw new AppError('tool-missing', `${place.title} ${place.version} (${name}) is missing; looked in ${searched}.`, {
    advice: `Run: npm run toolchain -- ${name}`,
    details: { name },
  });
}

/** Where a tool is, or would be. */
function locate(name: ToolName): ToolPlace {
  const recipe = findRecipe(name);
  if (recipe === undefined) throw new AppError('internal', `The toolchain has no recipe for "${name}".`);
  return locateTool(recipe);
}

/** The path of Chromium's program. @throws AppError `tool-missing`. */
export function chromiumPath(): string {
  return requireTool('chromium');
}
