import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';

/** A browser shell started for a test, from the built program or from source. */
export interface Served extends AsyncDisposable {
  /** The one-time link it printed. */
  readonly link: string;
  readonly origin: string;
  readonly child: ChildProcess;
  output(): string;
  /** Sends Ctrl-C and resolves with the exit code. */
  interrupt(): Promise<number | null>;
}

export interface ServeOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly uid?: number;
  readonly built?: boolean;
}

const root = path.resolve(import.meta.dirname, '..', '..');

/** Starts the shell without waiting for anything. */
export function spawnServe(options: ServeOptions = {}): {
  child: ChildProcess;
  output: () => string;
  ended: Promise<number | null>;
} {
  const program = options.built === true ? 'out/main/serve.js' : 'src/main/serve.ts';
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', path.join(root, program), '--no-open', ...(options.args ?? [])],
    {
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(options.uid === undefined ? {} : { uid: options.uid }),
    },
  );
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => {
    child.on('exit', (code) => resolve(code));
  });
  return { child, output: () => text, ended };
}

/** Starts the shell and waits for its link; throws with what it printed when it ends instead. */
export async function startServe(options: ServeOptions = {}): Promise<Served> {
  const { child, output, ended } = spawnServe({ ...options, args: ['--port', '0', ...(options.args ?? [])] });
  let over = false;
  void ended.then(() => (over = true));
  const deadline = Date.now() + 60_000;
  let link: string | undefined;
  while (link === undefined) {
    link = /http:\/\/127\.0\.0\.1:\d+\/login\?token=\S+/.exec(output())?.[0];
    if (link !== undefined) break;
    if (over || Date.now() > deadline) throw new Error(`The browser shell did not start:\n${output()}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
  const interrupt = async () => {
    if (!over) child.kill('SIGINT');
    return ended;
  };
  return {
    link,
    origin: new URL(link).origin,
    child,
    output,
    interrupt,
    async [Symbol.asyncDispose]() {
      await interrupt();
    },
  };
}
