import path from 'node:path';
import type { Processes, Workspace } from '../ports/index.ts';
import type { ReadingAids } from './artifact-tool.ts';
import { createChartRenderer } from './helm/render.ts';
import { answersFolder } from './terraform/provider-schemas/keep-answers.ts';
import { createProviderSchemas, type ProviderSchemas } from './terraform/provider-schemas/provider-schemas.ts';

export interface ReadingAidsDeps {
  readonly workspace: Pick<Workspace, 'paths'>;
  readonly processes: Pick<Processes, 'find' | 'run'>;
  readonly resourcesFolder: string;
}

/** What is known of providers: what comes with the app, and what they answered in a workspace; null without one. */
export function knownSchemas(
  resourcesFolder: string,
  workspace: { readonly paths: Pick<Workspace['paths'], 'data'> } | null,
): ProviderSchemas {
  return createProviderSchemas({
    kept: path.join(resourcesFolder, 'provider-schemas'),
    asked: workspace === null ? null : answersFolder(workspace.paths.data),
  });
}

/** Reads code with the help of Helm, which renders, and of what providers answered before; none is run for it. */
export function createReadingAids({ workspace, processes, resourcesFolder }: ReadingAidsDeps): ReadingAids {
  return {
    renderChart: createChartRenderer(processes),
    schemas: knownSchemas(resourcesFolder, workspace),
  };
}
