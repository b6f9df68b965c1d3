import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { startNodeEngine, superviseEngine, type EngineMessage } from './engine-host/index.ts';
import { openBrowser } from './open-browser.ts';
import { engineProgram, programRoot, programVersion, resourcesFolder } from './program-root.ts';

const usage = `Usage: npm start -- [--workspace DIR] [--port N] [--no-open]

Serves Groundplan on this machine's loopback address and prints a link that logs one browser in.
`;

const defaultPort = 4680;

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        workspace: { type: 'string' },
        port: { type: 'string' },
        'no-open': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const port = values.port === undefined ? null : Number(values.port);
    if (port !== null && (!Number.isInteger(port) || port < 0 || port > 65_535)) {
      throw new Error(`--port ${values.port}: give a number from 0 to 65535.`);
    }
    return { ...values, port };
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${usage}`);
    process.exit(2);
  }
}

const options = readOptions();
if (options.help) {
  process.stdout.write(usage);
  process.exit(0);
}

let address: string | null = null;

function printLink(): string | null {
  if (address === null) return null;
  const token = randomBytes(24).toString('base64url');
  supervisor.send({ type: 'link', token });
  const link = `${address}/login?token=${token}`;
  process.stdout.write(
    `\n  Groundplan: ${link}\n\n  The link logs one browser in. Enter prints a new one; Ctrl-C ends Groundplan.\n`,
  );
  return link;
}

function onMessage(message: EngineMessage): void {
  switch (message.type) {
    case 'ready': {
      const first = address === null;
      address = message.url;
      port = message.port;
      if (message.usedOtherPort && first) {
        process.stdout.write(
          `Port ${options.port ?? defaultPort} is in use by another program; taking ${message.port}.\n`,
        );
      }
      const link = first ? printLink() : null;
      if (link !== null && !options['no-open']) openBrowser(link);
      return;
    }
    case 'failed':
      process.stderr.write(`${message.message}${message.advice === null ? '' : ` ${message.advice}`}\n`);
      return;
    case 'workspace':
      workspace = message.path;
      return;
    case 'link-used':
    case 'secret-get':
    case 'secret-put':
      return;
  }
}

let workspace = options.workspace === undefined ? null : path.resolve(options.workspace);
let port = options.port ?? defaultPort;
const supervisor = superviseEngine({
  launch: () => startNodeEngine(engineProgram()),
  start: () => ({
    shell: 'browser',
    workspace,
    port,
    // A restarted engine must come back where the open pages look for it.
    exactPort: options.port !== null || address !== null,
    page: path.join(programRoot(), 'out', 'renderer'),
    resources: resourcesFolder(),
    version: programVersion(),
  }),
  onMessage,
  onRestart: (deaths, code) => {
    process.stderr.write(`The engine ended unexpectedly (code ${code ?? 'none'}); starting it again (${deaths}).\n`);
  },
  onGiveUp: (code) => process.exit(code === 0 ? 0 : 1),
});

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await supervisor.stop();
  process.exit(0);
}
process.on('SIGINT', () => void stop());
process.on('SIGTERM', () => void stop());
process.on('SIGHUP', () => void stop());
if (process.stdin.isTTY) createInterface({ input: process.stdin }).on('line', () => printLink());
