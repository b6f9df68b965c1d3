import { randomBytes } from 'node:crypto';
import { homedir } from 'node:os';
import path from 'node:path';
import { createEngine, type Engine, type EnginePorts } from './engine/index.ts';
import type { Logger, ProgramCommand, SecretSource } from './engine/ports/index.ts';
import type { LockRecord } from './engine/workspace/index.ts';
import { createMemorySecrets } from './engine-adapters/memory-secrets.ts';
import { createNodeProcesses } from './engine-adapters/node-processes.ts';
import { createPinoLogger } from './engine-adapters/pino-logger.ts';
import { processStartTime } from './engine-adapters/process-start-time.ts';
import { systemClock } from './engine-adapters/system-clock.ts';
import { graphProgram, programRoot } from './program-root.ts';

export interface ComposeOptions {
  readonly version: string;
  readonly shell: 'electron' | 'browser' | 'headless';
  readonly resources: string;
  readonly secrets?: SecretSource;
  readonly onWorkspace?: (root: string | null) => void;
  readonly logLevel?: 'debug' | 'info' | 'warn' | 'error';
}

/** An engine on plain Node, with the tokens that let the command line and agents reach it once it listens. */
export interface NodeEngine {
  readonly engine: Engine;
  readonly logger: Logger;
  readonly commandLineToken: string;
  readonly agentToken: string;
  /** Tells under which loopback address the engine listens; call it before a workspace is opened. */
  listening(url: string): void;
}

/** Builds the engine over the machine's own clock, processes, log and environment. */
export function composeNodeEngine(options: ComposeOptions): NodeEngine {
  const environment = definedVariables(process.env);
  const commandLineToken = randomBytes(32).toString('base64url');
  const agentToken = randomBytes(32).toString('base64url');
  let url: string | null = null;
  const lockRecord = (): LockRecord => ({
    pid: process.pid,
    startTime: processStartTime(process.pid) ?? '',
    url,
    token: url === null ? null : commandLineToken,
    agentToken: url === null ? null : agentToken,
  });
  const home = homedir();
  const ports: EnginePorts = {
    version: options.version,
    shell: options.shell,
    clock: systemClock,
    logger: createPinoLogger(options.logLevel ?? 'warn'),
    processes: createNodeProcesses(),
    graphProgram: graphCommand(environment),
    secrets: options.secrets ?? createMemorySecrets(environment),
    environment,
    homeFolder: home,
    settingsFolder:
      environment['GROUNDPLAN_SETTINGS'] ??
      path.join(environment['XDG_CONFIG_HOME'] ?? path.join(home, '.config'), 'groundplan'),
    resourcesFolder: options.resources,
    killPoint: killPointFrom(environment),
    lockRecord,
    onWorkspace: options.onWorkspace ?? (() => undefined),
    agentAccess: () => ({
      url: url === null ? null : `${url}/mcp`,
      token: url === null ? null : agentToken,
      launcher: [nodeProgram(), path.join(programRoot(), 'bin', 'groundplan.mjs')],
    }),
  };
  return {
    engine: createEngine(ports),
    logger: ports.logger,
    commandLineToken,
    agentToken,
    listening(address) {
      url = address;
    },
  };
}

/** Who starts an agent's launcher has another search path than a shell, so Node is named in full where this is one. */
function nodeProgram(): string {
  return process.versions['electron'] === undefined ? process.execPath : 'node';
}

/** What a program of ours needs of the environment when it asks nobody outside: where temporary files go, on Windows. */
const plainVariables = ['SystemRoot', 'TEMP', 'TMP', 'TMPDIR'];

/**
 * For the allocator of glibc; others do not look. The database takes and gives back much memory in its threads, and in
 * an arena for each of them a fifth more would stay with the process. Giving every larger piece back at once would save
 * a little more, and cost a sixteenth of the processor time of a build.
 */
const sparingMemory = { MALLOC_ARENA_MAX: '2' };

/**
 * Room for what is young from the beginning, in MiB: a build makes rubbish from its first row on, and while that room
 * grows by itself half as much again is collected.
 */
const youngRoom = 16;

/**
 * Room for what stays, in MiB: up to there nothing is collected but what is young. All that a build keeps is in use until
 * its end, and looking through it again each time it has grown a little took a tenth of the processor time.
 */
const lastingRoom = 1024;

/** How the engine starts the program that builds graphs: by the very binary it runs in, as plain Node. */
export function graphCommand(
  environment: Readonly<Record<string, string>>,
  program: string = graphProgram(),
): ProgramCommand {
  const passed = plainVariables.flatMap((name) => {
    const value = environment[name];
    return value === undefined ? [] : [[name, value]];
  });
  const asNode = process.versions['electron'] === undefined ? {} : { ELECTRON_RUN_AS_NODE: '1' };
  return {
    file: process.execPath,
    args: [
      `--min-semi-space-size=${youngRoom}`,
      `--initial-heap-size=${lastingRoom}`,
      '--disable-warning=ExperimentalWarning',
      program,
    ],
    environment: { ...sparingMemory, ...Object.fromEntries(passed), ...asNode },
  };
}

/** Fault tests name a point in the environment; there the process dies as if the power went. */
function killPointFrom(environment: Readonly<Record<string, string>>): (name: string) => void {
  const wanted = environment['GROUNDPLAN_KILL_POINT'];
  return (name) => {
    if (wanted !== undefined && name === wanted) process.kill(process.pid, 'SIGKILL');
  };
}

function definedVariables(variables: NodeJS.ProcessEnv): Record<string, string> {
  const defined: Record<string, string> = {};
  for (const [name, value] of Object.entries(variables)) if (value !== undefined) defined[name] = value;
  return defined;
}
