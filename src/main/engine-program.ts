import { userInfo } from 'node:os';
import { RPCHandler } from '@orpc/server/message-port';
import { toAppError } from '#shared/errors/index.ts';
import type { Actor } from '#shared/model/index.ts';
import { composeNodeEngine } from './compose.ts';
import { createAgentHttp } from './engine/mcp/index.ts';
import { createParentSecrets } from './engine-adapters/parent-secrets.ts';
import type { EngineStart, HostMessage } from './engine-host/messages.ts';
import { createSessions } from './loopback/sessions.ts';
import { startLoopbackServer } from './loopback/server.ts';
import { hostChannel } from './loopback/host-channel.ts';

// The engine as a program of its own. Unhandled rejections only warn in a utility process: die instead, the host restarts.
process.on('unhandledRejection', (reason) => {
  process.stderr.write(`${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}\n`);
  process.exit(70);
});

const host = hostChannel();

async function main(start: EngineStart, sessionKey: string): Promise<void> {
  const node = composeNodeEngine({
    version: start.version,
    shell: start.shell,
    resources: start.resources,
    onWorkspace: (root) => {
      // Closing is part of ending; only a workspace that is open is worth coming back to.
      if (root !== null) host.send({ type: 'workspace', path: root });
    },
    ...(start.shell === 'electron' ? { secrets: createParentSecrets(host) } : {}),
  });
  const { engine, commandLineToken } = node;
  const agents = createAgentHttp({
    version: start.version,
    services: () => engine.services(),
    logger: node.logger,
    token: node.agentToken,
    now: () => Date.now(),
  });
  const personName = userInfo().username;
  const sessions = createSessions(Buffer.from(sessionKey, 'base64url'), () => Date.now());
  const server = await startLoopbackServer({
    port: start.port,
    exactPort: start.exactPort,
    page: start.page,
    router: engine.router,
    sessions,
    commandLineToken,
    onLinkUsed: (token) => host.send({ type: 'link-used', token }),
    mcp: (request, response) => agents.handle(request, response),
    personName,
  });
  node.listening(server.url);

  let closing = false;
  async function stop(): Promise<void> {
    if (closing) return;
    closing = true;
    await agents.close();
    await server.close();
    await engine.close();
    // The database can crash in its finalizers at natural exit: leave explicitly.
    process.exit(0);
  }
  process.on('SIGTERM', () => void stop());
  process.on('disconnect', () => void stop());
  const person: Actor = { kind: 'person', name: personName };
  const windows = new RPCHandler<{ actor: Actor }>(engine.router);
  host.onMessage((message: HostMessage, ports) => {
    switch (message.type) {
      case 'link':
        sessions.admit(message.token);
        return;
      case 'connect':
        for (const port of ports) {
          windows.upgrade(port, { context: { actor: person } });
          port.start();
        }
        return;
      case 'stop':
        void stop();
        return;
      case 'start':
      case 'secret':
        return;
    }
  });
  if (start.workspace !== null) await engine.openWorkspace(start.workspace);
  host.send({ type: 'ready', url: server.url, port: server.port, usedOtherPort: server.usedOtherPort });
}

let begun = false;
host.onMessage((message) => {
  if (message.type !== 'start' || begun) return;
  begun = true;
  main(message.start, message.sessionKey).catch((thrown: unknown) => {
    const error = toAppError(thrown);
    host.send({ type: 'failed', code: error.code, message: error.message, advice: error.advice });
    // Give the message a moment to leave the process.
    setTimeout(() => process.exit(1), 100);
  });
});
