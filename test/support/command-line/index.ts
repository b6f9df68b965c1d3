export { openShell } from './shell.ts';
export type { Command, CommandResult, Shell } from './shell.ts';
export { countsAsShown, graphCounts } from './graph-counts.ts';
export type { GraphCounts } from './graph-counts.ts';
