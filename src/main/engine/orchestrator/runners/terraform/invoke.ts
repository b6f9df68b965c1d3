import type { CloudAccess, Processes, TerraformEvent } from '../../../ports/index.ts';
import { childEnvironment } from './child-environment.ts';
import type { FoundTool } from './find-tool.ts';
import { readMessage, type Diagnostic } from './tool-events.ts';
import { toolFailure, type FailedCommand } from './tool-failure.ts';

/** Plans of large estates are long; past this the text is cut and reading it fails. */
const maxOutput = 512 * 1024 * 1024;

interface Invocation {
  readonly command: FailedCommand['command'];
  readonly args: readonly string[];
  readonly directory: string;
  readonly access: CloudAccess;
  readonly signal: AbortSignal;
  readonly onLine?: ((line: string) => void) | undefined;
  readonly onEvent?: ((event: TerraformEvent) => void) | undefined;
  readonly onStart?: ((child: { readonly pid: number; readonly startTime: string }) => void) | undefined;
  readonly outputFile?: string | undefined;
  /** Standard input stays open until then; without it there is none. */
  readonly inputUntil?: Promise<void> | undefined;
  /** The output is a stream of messages; otherwise one document, kept whole. */
  readonly messages: boolean;
}

export interface Invoker {
  /** Runs the tool; resolves with its outcome, whatever it is. */
  attempt(invocation: Invocation): Promise<FailedCommand & { readonly succeeded: boolean }>;
  /** The same, but a failure is thrown. Resolves with standard output. */
  run(invocation: Invocation): Promise<string>;
}

interface InvokerOptions {
  readonly tool: () => Promise<FoundTool>;
  readonly processes: Processes;
  readonly environment: Readonly<Record<string, string>>;
  readonly cliConfigFile: () => Promise<string | null>;
  readonly pluginCache: string;
}

export function createInvoker(options: InvokerOptions): Invoker {
  async function attempt(invocation: Invocation): Promise<FailedCommand & { succeeded: boolean }> {
    const tool = await options.tool();
    const diagnostics: Diagnostic[] = [];
    const result = await options.processes.run({
      file: tool.path,
      args: [...invocation.args],
      cwd: invocation.directory,
      env: childEnvironment({
        environment: options.environment,
        access: invocation.access,
        cliConfigFile: await options.cliConfigFile(),
        pluginCache: options.pluginCache,
      }),
      signal: invocation.signal,
      maxOutput: invocation.messages ? 256 * 1024 : maxOutput,
      ...(invocation.onStart === undefined ? {} : { onStart: invocation.onStart }),
      ...(invocation.inputUntil === undefined ? {} : { inputUntil: invocation.inputUntil }),
      ...(invocation.outputFile === undefined ? {} : { outputFile: invocation.outputFile }),
      onLine: (_stream, line) => {
        if (line.trim() === '') return;
        if (!invocation.messages) {
          invocation.onLine?.(line);
          return;
        }
        const message = readMessage(line, Date.now());
        if (message.diagnostic !== null) diagnostics.push(message.diagnostic);
        invocation.onEvent?.(message.event);
        for (const text of message.event.text.split('\n')) invocation.onLine?.(text);
      },
    });
    const succeeded = result.code === 0;
    return {
      command: invocation.command,
      result,
      diagnostics,
      cancelled: !succeeded && invocation.signal.aborted,
      succeeded,
    };
  }
  return {
    attempt,
    async run(invocation) {
      const outcome = await attempt(invocation);
      if (!outcome.succeeded) throw toolFailure(outcome);
      return outcome.result.stdout;
    },
  };
}
