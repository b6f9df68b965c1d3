import { spawn } from 'node:child_process';
import { homedir } from 'node:os';
import path from 'node:path';
import type { Command } from 'commander';
import { serveProgram } from '../../program-root.ts';
import { runAction, type ActionContext } from '../command.ts';
import { wholeNumber } from '../options.ts';
import { errorOf, exitCodeOf, printError, table } from '../output.ts';

/** init, doctor, serve, mcp. */
export function addSystemCommands(program: Command): void {
  program
    .command('init')
    .description('make the folder a workspace')
    .option('--name <name>', 'its name; the folder name without it')
    .action((options: { name?: string }, command: Command) =>
      runAction(
        command,
        async ({ client, output, workspace, signal }) => {
          const name = options.name ?? path.basename(workspace);
          const made = await client.system.createWorkspace({ path: workspace, name }, { signal });
          output.answer(made, (value) => `Made the workspace ${value.name} in ${value.path}.`);
          return 0;
        },
        'none',
      ),
    );
  program
    .command('doctor')
    .description('versions, clouds and external tools: found where, what needs them, how to get them')
    .action((_options, command: Command) => runAction(command, examine, 'optional'));
  program
    .command('serve')
    .description('serve the app to a browser on this machine')
    .option('--port <n>', 'the port on 127.0.0.1', wholeNumber(0, 65_535))
    .option('--no-open', 'do not open a browser')
    .action((options: { port?: number; open: boolean }, command: Command) => {
      const { workspace } = command.optsWithGlobals<{ workspace?: string }>();
      const args = [
        serveProgram(),
        ...(workspace === undefined ? [] : ['--workspace', workspace]),
        ...(options.port === undefined ? [] : ['--port', String(options.port)]),
        ...(options.open ? [] : ['--no-open']),
      ];
      const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], { stdio: 'inherit' });
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
      child.on('exit', (code) => process.exit(code ?? 1));
    });
  program
    .command('mcp')
    .description('speak the Model Context Protocol on standard input and output, for an agent')
    .action(async (_options, command: Command) => {
      const { workspace = '.' } = command.optsWithGlobals<{ workspace?: string }>();
      try {
        const { runAgentLauncher } = await import('../agent-launcher.ts');
        await runAgentLauncher(path.resolve(workspace));
        process.exit(0);
      } catch (thrown) {
        const error = errorOf(thrown);
        printError(error, false);
        process.exit(exitCodeOf(error));
      }
    });
}

/** Works without a workspace, and with one that cannot be opened: that is when a doctor is asked. */
async function examine({ client, output, signal, workspace, unopened }: ActionContext): Promise<number> {
  const { awsCloudSources } = await import('../../engine/discovery/index.ts');
  const [info, tools, clouds] = await Promise.all([
    client.system.info(undefined, { signal }),
    client.system.doctor(undefined, { signal }),
    awsCloudSources({ environment: process.env, homeFolder: homedir() }),
  ]);
  const versions = { groundplan: info.version, contract: info.contract, node: process.versions.node };
  const opened = info.workspace;
  const found = {
    path: workspace,
    open: opened !== null,
    problem: opened === null ? (unopened?.message ?? null) : opened.readOnly,
  };
  output.answer({ versions, workspace: found, clouds, tools }, () =>
    [
      `Groundplan ${versions.groundplan}, Node ${versions.node}`,
      `Workspace: ${found.problem ?? found.path}`,
      `Clouds: ${clouds.length === 0 ? 'no credentials found' : clouds.map(({ cloud, kind, name }) => `${cloud} ${kind} ${name}`).join(', ')}`,
      '',
      table(
        ['tool', 'status', 'version', 'where', 'needed by', 'for', 'what to do'],
        tools.map((tool) => [
          tool.name,
          tool.inUse ? `${tool.status}, used` : tool.status,
          tool.version,
          tool.path,
          tool.neededBy,
          tool.purpose,
          tool.advice,
        ]),
      ),
    ].join('\n'),
  );
  return 0;
}
