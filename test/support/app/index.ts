import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startNodeEngine, superviseEngine } from '../../../src/main/engine-host/index.ts';

const root = path.resolve(import.meta.dirname, '..', '..', '..');

/** The real engine as its own process, serving a built page. */
export interface App extends AsyncDisposable {
  readonly origin: string;
  /** A home folder of its own, so that nothing of the machine is read or written. */
  readonly home: string;
  /** A link that logs one browser in. */
  link(): string;
}

/** Starts the engine as the browser shell does, with a home of its own and no workspace open unless one is named. */
export async function startApp(
  page: string,
  workspace: string | null = null,
  /** Further variables of the engine's environment, such as where tools lie. */
  environment: Readonly<Record<string, string>> = {},
): Promise<App> {
  const home = await mkdtemp(path.join(tmpdir(), 'groundplan-home-'));
  const own = { ...environment, HOME: home, XDG_CONFIG_HOME: path.join(home, '.config') };
  const before = Object.fromEntries(Object.keys(own).map((name) => [name, process.env[name]] as const));
  // The engine takes its environment from whoever starts it.
  Object.assign(process.env, own);
  let tell: (origin: string) => void = () => undefined;
  let refuse: (reason: Error) => void = () => undefined;
  const ready = new Promise<string>((resolve, reject) => {
    tell = resolve;
    refuse = reject;
  });
  let port: number | null = null;
  const supervisor = superviseEngine({
    launch: () => startNodeEngine(path.join(root, 'src', 'main', 'engine-program.ts')),
    start: () => ({
      shell: 'browser',
      workspace,
      // A restarted engine comes back where the open pages look for it, as in the shell.
      port: port ?? 0,
      exactPort: port !== null,
      page,
      resources: path.join(root, 'resources'),
      version: '0.0.0-test',
    }),
    onMessage: (message) => {
      if (message.type === 'ready') {
        ({ port } = message);
        tell(message.url);
      }
      if (message.type === 'failed') refuse(new Error(message.message));
    },
    onRestart: () => undefined,
    onGiveUp: (code) => refuse(new Error(`The engine ended with code ${code ?? 'none'}.`)),
  });
  Object.assign(process.env, Object.fromEntries(Object.entries(before).filter(([, value]) => value !== undefined)));
  const origin = await ready;
  return {
    origin,
    home,
    link: () => {
      const token = randomBytes(24).toString('base64url');
      supervisor.send({ type: 'link', token });
      return `${origin}/login?token=${token}`;
    },
    async [Symbol.asyncDispose]() {
      await supervisor.stop();
      if (existsSync(home)) await rm(home, { recursive: true, force: true });
    },
  };
}
