import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { cleanText } from '#shared/base/clean-text.ts';
import { toWireError } from '#shared/errors/index.ts';
import type { Logger, WorkspaceServices } from '../ports/index.ts';
import { cleanForAgent, cleanJson } from './clean.ts';
import { agentGuide } from './guide.ts';
import type { Tool } from './tool.ts';
import { describeBlueprint } from './tools/describe-blueprint.ts';
import { getDeployment } from './tools/get-deployment.ts';
import { proposeDeployment } from './tools/propose-deployment.ts';
import { queryEstate } from './tools/query-estate.ts';
import { searchCatalog } from './tools/search-catalog.ts';

/** Every tool there is, in the order in which it is listed. There is none that approves, rejects or edits policy. */
const agentTools: readonly Tool[] = [searchCatalog, describeBlueprint, queryEstate, proposeDeployment, getDeployment];

export interface AgentServerOptions {
  readonly version: string;
  /** Throws `no-workspace`. */
  readonly services: () => WorkspaceServices;
  readonly logger: Logger;
}

/**
 * A server for one agent's session, on the official SDK. The agent acts under the name it introduced itself with.
 * Every string that leaves is cleaned of characters a reader would not see.
 */
export function createAgentServer(options: AgentServerOptions): McpServer {
  const server = new McpServer(
    { name: 'groundplan', title: 'Groundplan', version: options.version },
    {
      capabilities: { tools: {}, resources: {}, prompts: {} },
      instructions:
        'Groundplan maps cloud estates and deploys reviewed blueprints. Look with search_catalog, describe_blueprint and query_estate; ' +
        'propose with propose_deployment. A person approves on a screen: there is no tool for that.',
    },
  );
  server.registerResource(
    'guide',
    'groundplan://guide',
    { title: 'Groundplan for agents', description: 'What an agent is and is not shown.', mimeType: 'text/markdown' },
    (uri) => ({ contents: [{ uri: uri.href, mimeType: 'text/markdown', text: agentGuide }] }),
  );
  server.registerPrompt(
    'expand_to_region',
    {
      title: 'Expand to a region',
      description: 'Propose what runs elsewhere for a new region.',
      argsSchema: { account: z.string(), region: z.string(), why: z.string() },
    },
    ({ account, region, why }) => ({
      messages: [
        {
          role: 'user',
          content: {
            type: 'text',
            text:
              `We need to expand to ${region} in account ${account}: ${why}. Find the standard regional blueprint that runs ` +
              'in other regions, choose inputs that do not collide with what runs, and propose it.',
          },
        },
      ],
    }),
  );
  for (const tool of agentTools) {
    server.registerTool(
      tool.name,
      {
        title: tool.title,
        description: tool.description,
        inputSchema: tool.input.shape,
        outputSchema: tool.output.shape,
        annotations: { readOnlyHint: tool.readOnly, destructiveHint: false, openWorldHint: false },
      },
      async (input: unknown, { signal }: { signal: AbortSignal }) => {
        const client = server.server.getClientVersion();
        const actor = { kind: 'agent' as const, name: cleanText(client?.name ?? 'agent').slice(0, 80) };
        try {
          const answer = cleanJson(await tool.run(input, { services: options.services(), actor, signal }));
          return { content: [{ type: 'text' as const, text: JSON.stringify(answer) }], structuredContent: answer };
        } catch (thrown) {
          const error = toWireError(thrown);
          if (error.fault === 'bug') options.logger.error('mcp.internal', { tool: tool.name, message: error.message });
          const text = cleanForAgent([error.message, error.advice].filter(Boolean).join(' '));
          return { isError: true, content: [{ type: 'text' as const, text: `${error.code}: ${text}` }] };
        }
      },
    );
  }
  return server;
}
