import { Command, CommanderError } from 'commander';
import { addDeployCommands } from './cli/commands/deploy.ts';
import { addMapCommands } from './cli/commands/map.ts';
import { addPackageCommands } from './cli/commands/package.ts';
import { addSystemCommands } from './cli/commands/system.ts';
import { programVersion } from './program-root.ts';

const program = new Command('groundplan')
  .description('Maps cloud estates, packages what is proven, deploys it with one approval.')
  .version(programVersion())
  .option('--workspace <dir>', 'the workspace (default: the current folder)')
  .option('--json', 'print JSON')
  .showHelpAfterError()
  .exitOverride();
addMapCommands(program);
addPackageCommands(program);
addDeployCommands(program);
addSystemCommands(program);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // Commander has said what is wrong; help and version end well, wrong usage ends with 2.
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}
