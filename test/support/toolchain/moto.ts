import path from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import { cleanEnvironment } from './clean-environment.ts';
import { freePort } from './free-port.ts';
import { requireTool } from './require-tool.ts';
import { startToolServer, type ToolServer } from './tool-server.ts';

export interface MotoOptions {
  readonly signal?: AbortSignal;
  /** A fixed port instead of one the system picks. */
  readonly port?: number;
  /** Further settings of moto, such as `INITIAL_NO_AUTH_ACTION_COUNT`. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Moto as published, without the corrections of `tools/toolchain/moto/serve.py`. */
  readonly uncorrected?: boolean;
}

/** A running AWS API that starts empty. */
export interface Moto extends ToolServer {
  readonly endpoint: string;
  readonly port: number;
  /** Removes every resource of every account. */
  reset(): Promise<void>;
  /**
   * Makes moto check IAM policies once this many more calls were answered; before that everything
   * is allowed. With 0 at once: then a call needs credentials of a user or a role that moto knows,
   * and is denied what its policies do not allow.
   */
  checkPermissionsAfter(calls: number): Promise<void>;
}

const startTimeoutSeconds = 60;
const portAttempts = 5;

/**
 * Starts moto, a server for the real AWS wire protocol, on 127.0.0.1. Any credentials are good and
 * act in account 123456789012; those from `sts:AssumeRole` on any role of another account act there.
 *
 * @throws AppError `tool-missing`, `tool-failed`, `timed-out`.
 */
export async function startMoto(options: MotoOptions = {}): Promise<Moto> {
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await freePort());
    try {
      return await startOn(port, options);
    } catch (error) {
      const taken = error instanceof AppError && error.message.includes('in use');
      if (!taken || options.port !== undefined || attempt === portAttempts) throw error;
    }
  }
}

async function startOn(port: number, options: MotoOptions): Promise<Moto> {
  const launcher = requireTool('moto');
  const python = path.join(path.dirname(launcher), 'python3');
  const program = options.uncorrected === true ? [python, '-m', 'moto.server'] : [launcher];
  const [file = launcher, ...first] = program;
  const endpoint = `http://127.0.0.1:${port}`;
  const post = async (route: string, body = ''): Promise<void> => {
    const answer = await fetch(`${endpoint}/moto-api/${route}`, { method: 'POST', body });
    if (!answer.ok) throw new AppError('tool-failed', `moto answered ${answer.status} to POST /moto-api/${route}.`);
  };
  const server = await startToolServer({
    title: 'moto',
    file,
    arguments: [...first, '-H', '127.0.0.1', '-p', String(port)],
    env: {
      ...cleanEnvironment(),
      MOTO_IAM_LOAD_MANAGED_POLICIES: 'true',
      // More than a thousand published images with their snapshots in every region, which nobody here asks for.
      MOTO_EC2_LOAD_DEFAULT_AMIS: 'false',
      ...options.environment,
    },
    // The line in its own log tells our server from another one that has the port.
    isReady: async ({ log, signal }) =>
      log.includes(`Running on ${endpoint}`) && (await fetch(`${endpoint}/moto-api/config`, { signal })).ok,
    timeoutSeconds: startTimeoutSeconds,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  return {
    ...server,
    endpoint,
    port,
    reset: () => post('reset'),
    checkPermissionsAfter: (calls) => post('reset-auth', String(calls)),
  };
}
