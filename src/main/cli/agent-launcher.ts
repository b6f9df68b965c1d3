import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { composeNodeEngine } from '../compose.ts';
import { createNodeProcesses } from '../engine-adapters/node-processes.ts';
import { createAgentServer } from '../engine/mcp/index.ts';
import { readLock, workspacePaths } from '../engine/workspace/index.ts';
import { programVersion, resourcesFolder } from '../program-root.ts';

/**
 * Joins an agent on standard input and output to the engine that has the workspace open, so that its proposals stand
 * on the review screen at once; without one it runs an engine of its own. Resolves when the agent hangs up.
 */
export async function runAgentLauncher(workspace: string): Promise<void> {
  const agent = new StdioServerTransport();
  const hungUp = new Promise<void>((resolve) => {
    process.stdin.once('end', () => resolve());
    process.stdin.once('close', () => resolve());
    // However it is ended, the workspace is closed behind it.
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
  const lock = await readLock(workspacePaths(workspace).data, createNodeProcesses());
  if (lock?.url !== null && lock?.url !== undefined && lock.agentToken !== null) {
    const engine = new StreamableHTTPClientTransport(new URL(`${lock.url}/mcp`), {
      requestInit: { headers: { authorization: `Bearer ${lock.agentToken}` } },
    });
    await join(agent, engine as Transport);
    await hungUp;
    await engine.close();
    return;
  }
  const { engine, logger } = composeNodeEngine({
    version: programVersion(),
    shell: 'headless',
    resources: resourcesFolder(),
    logLevel: 'error',
  });
  await engine.openWorkspace(workspace);
  await createAgentServer({ version: programVersion(), services: () => engine.services(), logger }).connect(agent);
  await hungUp;
  await engine.close();
}

/** Passes every message on, both ways, unread. */
async function join(agent: Transport, engine: Transport): Promise<void> {
  const report = (error: Error) => process.stderr.write(`${error.message}\n`);
  agent.onmessage = (message) => {
    engine.send(message).catch(report);
  };
  engine.onmessage = (message) => {
    agent.send(message).catch(report);
  };
  engine.onerror = report;
  await engine.start();
  await agent.start();
}
