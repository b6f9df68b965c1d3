import { z } from 'zod';
import { boundarySchema, targetCloudSchema } from '#shared/model/index.ts';
import { defineTool } from '../tool.ts';
import { proposableEntries } from '../visible.ts';

export const searchCatalog = defineTool({
  name: 'search_catalog',
  title: 'Search the catalog',
  description:
    'Lists the blueprints that agents may propose: newest active version of each, with its boundary and the environments that run it. ' +
    'Give words to narrow the list; without words it lists all.',
  input: z.object({ query: z.string().default('').describe('Words to look for in names and summaries.') }),
  output: z.object({
    blueprints: z.array(
      z.object({
        name: z.string(),
        version: z.string(),
        boundary: boundarySchema,
        summary: z.string(),
        environments: z.array(
          z.object({
            name: z.string(),
            cloud: targetCloudSchema,
            account: z.string(),
            region: z.string(),
            version: z.string(),
          }),
        ),
      }),
    ),
  }),
  readOnly: true,
  async run({ query }, call) {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    const entries = await proposableEntries(call);
    const { environments } = await call.services.catalog.environments(undefined, call);
    const found = entries
      .map((entry) => {
        const text = `${entry.release.name} ${entry.summary} ${entry.boundary}`.toLowerCase();
        return { entry, score: words.filter((word) => text.includes(word)).length };
      })
      .filter(({ score }) => words.length === 0 || score > 0)
      .sort((one, other) => other.score - one.score || one.entry.release.name.localeCompare(other.entry.release.name));
    return {
      blueprints: found.map(({ entry }) => ({
        name: entry.release.name,
        version: entry.release.version,
        boundary: entry.boundary,
        summary: entry.summary,
        environments: environments
          .filter((environment) => environment.blueprint === entry.release.name)
          .map(({ name, target, version }) => ({
            name,
            cloud: target.cloud,
            account: target.account,
            region: target.region,
            version,
          })),
      })),
    };
  },
});
