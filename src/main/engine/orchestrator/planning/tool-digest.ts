import { realpath, stat } from 'node:fs/promises';
import type { TerraformTool } from '../../ports/index.ts';
import { fileDigest } from '../runners/terraform/index.ts';

export interface ToolIdentity {
  readonly name: string;
  readonly version: string;
  /** Over the program's bytes: a replaced tool is noticed before it runs an approved plan. */
  readonly digest: string;
}

/** Identifies the tool with its digest, computed again only when the file changed. */
export function createToolIdentity(tool: TerraformTool): () => Promise<ToolIdentity> {
  let known: { readonly key: string; readonly digest: Promise<string> } | null = null;
  return async () => {
    const { path: file, name, version } = await tool.identify();
    const { size, mtimeMs, ino } = await stat(file);
    const key = `${file} ${size} ${mtimeMs} ${ino}`;
    if (known === null || known.key !== key) known = { key, digest: resolvedDigest(file) };
    return { name, version, digest: await known.digest };
  };
}

async function resolvedDigest(file: string): Promise<string> {
  // Package managers install a link to the program.
  return fileDigest(await realpath(file));
}
