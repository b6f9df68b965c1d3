import path from 'node:path';
import type { Processes, Workspace } from '../ports/index.ts';
import type { ReadingAids } from './artifact-tool.ts';
import { createChartRenderer } from './helm/render.ts';
import { answersFolder } from './terraform/provider-schemas/keep-answers.ts';
import { createProviderSchemas } from './terraform/provider-schemas/provider-schemas.ts';

export interface ReadingAidsDeps {
  readonly workspace: Pick<Workspace, 'paths'>;
  readonly processes: Pick<Processes, 'find' | 'run'>;
  readonly resourcesFolder: string;
}

/** Reads code with the help of Helm, which renders, and of what providers answered before; none is run for it. */
export function createReadingAids({ workspace, processes, resourcesFolder }: ReadingAidsDeps): ReadingAids {
  return {
    renderChart: createChartRenderer(processes),
    schemas: createProviderSchemas({
      kept: path.join(resourcesFolder, 'provider-schemas'),
      asked: answersFolder(workspace.paths.data),
    }),
  };
}
