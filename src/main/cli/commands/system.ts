import { spawn } from 'node:child_process';
import path from 'node:path';
import type { Command } from 'commander';
import { runAction } from '../command.ts';
import { runAgentLauncher } from '../agent-launcher.ts';
import { errorOf, exitCodeOf, printError, table } from '../output.ts';
import { programRoot } from '../../program-root.ts';

/** init, doctor, serve, mcp. */
export function addSystemCommands(program: Command): void {
  program
    .command('init')
    .description('make the folder a workspace')
    .option('--name <name>', 'its name; the folder name without it')
    .action((options: { name?: string }, command: Command) =>
      runAction(
        command,
        async ({ client, output, workspace }) => {
          const made = await client.system.createWorkspace({
            path: workspace,
            name: options.name ?? path.basename(workspace),
          });
          output.answer(made, (value) => `Made the workspace ${value.name} in ${value.path}.`);
        },
        { withoutWorkspace: true },
      ),
    );
  program
    .command('doctor')
    .description('external tools: found where, version, what needs them, how to get them')
    .action((_options, command: Command) =>
      runAction(
        command,
        async ({ client, output }) => {
          const tools = await client.system.doctor();
          output.answer({ tools }, () =>
            table(
              ['tool', 'status', 'version', 'where', 'for', 'what to do'],
              tools.map((tool) => [tool.name, tool.status, tool.version, tool.path, tool.purpose, tool.advice]),
            ),
          );
        },
        { withoutWorkspace: true },
      ),
    );
  program
    .command('serve')
    .description('serve the app to a browser on this machine')
    .option('--port <n>', 'the port on 127.0.0.1')
    .option('--no-open', 'do not open a browser')
    .action((options: { port?: string; open: boolean }, command: Command) => {
      const { workspace } = command.optsWithGlobals<{ workspace?: string }>();
      const args = [
        path.join(programRoot(), 'out', 'main', 'serve.js'),
        ...(workspace === undefined ? [] : ['--workspace', workspace]),
        ...(options.port === undefined ? [] : ['--port', options.port]),
        ...(options.open ? [] : ['--no-open']),
      ];
      const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], { stdio: 'inherit' });
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
      child.on('exit', (code) => process.exit(code ?? 130));
    });
  program
    .command('mcp')
    .description('speak the Model Context Protocol on standard input and output, for an agent')
    .action(async (_options, command: Command) => {
      const { workspace = process.cwd() } = command.optsWithGlobals<{ workspace?: string }>();
      try {
        await runAgentLauncher(path.resolve(workspace));
        process.exit(0);
      } catch (thrown) {
        const error = errorOf(thrown);
        printError(error, false);
        process.exit(exitCodeOf(error));
      }
    });
}
