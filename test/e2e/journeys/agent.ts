import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';

/** An agent at the engine's door, over the SDK's own client. */
export interface Agent extends AsyncDisposable {
  call<Answer>(tool: string, input: Record<string, unknown>): Promise<Answer>;
}

/** Connects as an agent to the engine that has the workspace open. */
export async function connectAgent(workspace: string, name: string): Promise<Agent> {
  const lock = JSON.parse(await readFile(path.join(workspace, '.groundplan', 'engine.json'), 'utf8')) as {
    url: string;
    agentToken: string;
  };
  const client = new Client({ name, version: '1' });
  const transport = new StreamableHTTPClientTransport(new URL(`${lock.url}/mcp`), {
    requestInit: { headers: { authorization: `Bearer ${lock.agentToken}` } },
  });
  await client.connect(transport as Transport);
  return {
    async call<Answer>(tool: string, input: Record<string, unknown>) {
      const answer = await client.callTool({ name: tool, arguments: input });
      if (answer.isError === true) throw new Error(`${tool}: ${JSON.stringify(answer.content)}`);
      return answer.structuredContent as Answer;
    },
    [Symbol.asyncDispose]: () => client.close(),
  };
}
