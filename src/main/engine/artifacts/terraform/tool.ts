import path from 'node:path';
import { noAids, type ArtifactTool } from '../artifact-tool.ts';
import { configurationFiles, readModule } from './module.ts';
import { ephemeralOutputs } from './outputs.ts';
import { gatherModule } from './outside-modules.ts';

/** Terraform and OpenTofu modules and roots: a folder with configuration files. */
export const terraformTool: ArtifactTool = {
  runner: 'terraform',
  looksLike: '.tf or .tofu files',
  ownsFolders: true,
  async find(folder) {
    if ((await configurationFiles(folder)).length === 0) return [];
    return [{ runner: 'terraform', folder, entry: null, title: path.basename(folder) }];
  },
  gather: ({ folder }, signal) => gatherModule(folder, { signal }),
  async read(folder, { aids: { schemas } = noAids, signal }) {
    const { calls, readableFiles, ...module } = await readModule(folder, { boundary: folder, schemas, signal });
    return {
      ...module,
      problems: [...module.problems, ...ephemeralOutputs(module.outputs)],
      dependencies: calls.map(({ name, source }) => ({ name, source })),
      summary: null,
      version: null,
      readable: readableFiles > 0,
    };
  },
};
