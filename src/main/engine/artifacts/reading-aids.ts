import path from 'node:path';
import type { Logger, Processes, Workspace } from '../ports/index.ts';
import type { ReadingAids } from './artifact-tool.ts';
import { createChartRenderer } from './helm/render.ts';
import { createSchemaAsker } from './terraform/provider-schemas/ask-tool.ts';
import { createProviderSchemas } from './terraform/provider-schemas/provider-schemas.ts';

export interface ReadingAidsDeps {
  readonly workspace: Pick<Workspace, 'paths'>;
  readonly processes: Pick<Processes, 'find' | 'run'>;
  readonly logger: Logger;
  readonly resourcesFolder: string;
}

/** Reads code with the tools of this machine: Helm renders, OpenTofu or Terraform asks installed providers. */
export function createReadingAids({ workspace, processes, logger, resourcesFolder }: ReadingAidsDeps): ReadingAids {
  const asked = path.join(workspace.paths.data, 'provider-schemas');
  return {
    renderChart: createChartRenderer(processes),
    schemas: createProviderSchemas({ kept: path.join(resourcesFolder, 'provider-schemas'), asked }),
    askSchemas: createSchemaAsker({ processes, logger, asked }),
  };
}
