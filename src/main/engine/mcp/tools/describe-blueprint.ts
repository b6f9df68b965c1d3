import { z } from 'zod';
import { jsonSchema } from '#shared/base/json.ts';
import { boundarySchema, targetSchema, type PortSchema } from '#shared/model/index.ts';
import { defineTool } from '../tool.ts';
import { proposableEntry } from '../visible.ts';

export const describeBlueprint = defineTool({
  name: 'describe_blueprint',
  title: 'Describe a blueprint',
  description:
    'Tells what one blueprint is made of, which inputs it has (type, default, and who gives the value: the agent, the default, or a person at review), ' +
    'its outputs, and the environments that already run it.',
  input: z.object({
    name: z.string().describe('The name as search_catalog gives it.'),
    version: z.string().optional().describe('Leave out for the newest version.'),
  }),
  output: z.object({
    name: z.string(),
    version: z.string(),
    summary: z.string(),
    boundary: boundarySchema,
    inputs: z.array(
      z.object({
        name: z.string(),
        given_by: z.enum(['agent', 'default', 'person', 'target']),
        required: z.boolean(),
        sensitive: z.boolean(),
        schema: z.record(z.string(), jsonSchema),
      }),
    ),
    outputs: z.array(z.object({ name: z.string(), description: z.string(), sensitive: z.boolean() })),
    parts: z.array(z.object({ name: z.string(), use: z.string(), after: z.array(z.string()) })),
    environments: z.array(
      z.object({ name: z.string(), version: z.string(), target: targetSchema, status: z.string() }),
    ),
  }),
  readOnly: true,
  async run({ name, version }, call) {
    const entry = await proposableEntry(call, name, version ?? null);
    const published = await call.services.catalog.get({ name, version: entry.release.version }, call);
    const { environments } = await call.services.catalog.environments(undefined, call);
    const inputs = published.document?.inputs ?? {};
    const givers = { set: 'agent', fixed: 'default', ask: 'person' } as const;
    return {
      name,
      version: entry.release.version,
      summary: entry.summary,
      boundary: entry.boundary,
      inputs: Object.entries(inputs).map(([input, declared]) => {
        const port: PortSchema = published.inputs.properties[input] ?? {};
        const { 'x-origin': _origin, default: value, ...rest } = port;
        const sensitive = declared.sensitive === true || port['x-sensitive'] === true;
        // An agent is told that there is a secret, never which one.
        const schema = sensitive || value === undefined ? rest : { ...rest, default: value };
        return {
          name: input,
          given_by: declared.from === 'target' ? ('target' as const) : givers[declared.agent ?? 'ask'],
          required: published.inputs.required.includes(input),
          sensitive,
          schema: JSON.parse(JSON.stringify(schema)) as Record<string, z.infer<typeof jsonSchema>>,
        };
      }),
      outputs: Object.entries(published.document?.outputs ?? {}).map(([output, declared]) => ({
        name: output,
        description: declared.description ?? '',
        sensitive: declared.sensitive === true,
      })),
      parts: Object.entries(published.document?.nodes ?? {}).map(([part, node]) => ({
        name: part,
        use: node.use,
        after: node.after ?? [],
      })),
      environments: environments
        .filter((environment) => environment.blueprint === name)
        .map((environment) => ({
          name: environment.name,
          version: environment.version,
          target: environment.target,
          status: environment.status,
        })),
    };
  },
});
