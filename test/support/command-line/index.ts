export { openShell } from './shell.ts';
export type { Command, CommandResult, Shell } from './shell.ts';
