import { AppError } from '#shared/errors/index.ts';
import type { Runner } from '#shared/model/index.ts';
import type { ArtifactTool, FoundCode } from './artifact-tool.ts';
import { cloudFormationTool } from './cloudformation/tool.ts';
import { helmTool } from './helm/tool.ts';
import { pythonTool } from './python/tool.ts';
import { terraformTool } from './terraform/tool.ts';

/** Every kind of code that can be read; of two that fit one folder the earlier one owns it. */
const tools: readonly ArtifactTool[] = [terraformTool, helmTool, cloudFormationTool, pythonTool];

/** What a user would point at, for messages. */
export const codeLooksLike = tools.map(({ looksLike }) => looksLike).join(', ');

/** The reader of a runner's code. Throws `bad-input` for one whose code cannot be read. */
export function toolOf(runner: Runner): ArtifactTool {
  const tool = tools.find((one) => one.runner === runner);
  if (tool !== undefined) return tool;
  throw new AppError('bad-input', `Code for ${runner} cannot be read.`, { advice: `Use ${codeLooksLike}.` });
}

/** What lies directly in a folder, and whether everything below it belongs to that. */
export async function findCode(
  folder: string,
): Promise<{ readonly found: readonly FoundCode[]; readonly owned: boolean }> {
  const found: FoundCode[] = [];
  for (const tool of tools) {
    const here = await tool.find(folder);
    found.push(...here);
    if (here.length > 0 && tool.ownsFolders) return { found, owned: true };
  }
  return { found, owned: false };
}
