import { Command, CommanderError } from 'commander';
import { addDeployCommands } from './cli/commands/deploy.ts';
import { addDiscoverCommands } from './cli/commands/discover.ts';
import { addExportCommand } from './cli/commands/export.ts';
import { addHistoryCommands } from './cli/commands/history.ts';
import { addImportCommand } from './cli/commands/import.ts';
import { addMapCommands } from './cli/commands/map.ts';
import { addPackageCommands } from './cli/commands/package.ts';
import { addScheduleCommands } from './cli/commands/schedule.ts';
import { addSplitCommand } from './cli/commands/split.ts';
import { addSystemCommands } from './cli/commands/system.ts';
import { errorOf, exitCodeOf, printError, usageError } from './cli/output.ts';
import { programVersion } from './program-root.ts';

// Asked before anything is read, because wrong usage has to be told in the wanted form as well.
const json = process.argv.slice(2).includes('--json');

const program = new Command('groundplan')
  .description('Maps cloud estates, packages what is proven, deploys it with one approval.')
  .version(programVersion())
  .option('--workspace <dir>', 'the workspace (default: the current folder)')
  .option('--json', 'print JSON')
  .showHelpAfterError()
  // So that --json and --workspace stand in the help of every verb that takes them.
  .configureHelp({ showGlobalOptions: true })
  .configureOutput(json ? { writeErr: () => undefined } : {})
  .exitOverride();
addDiscoverCommands(program);
addImportCommand(program);
addExportCommand(program);
addHistoryCommands(program);
addScheduleCommands(program);
addMapCommands(program);
addPackageCommands(program);
addSplitCommand(program);
addDeployCommands(program);
addSystemCommands(program);

try {
  await program.parseAsync();
} catch (thrown) {
  if (!(thrown instanceof CommanderError)) {
    const error = errorOf(thrown);
    printError(error, json);
    process.exitCode = exitCodeOf(error);
  } else if (thrown.exitCode !== 0) {
    // Without --json Commander has said what is wrong. Help and version end well.
    if (json) printError(usageError(thrown.message), json);
    process.exitCode = 2;
  }
}
