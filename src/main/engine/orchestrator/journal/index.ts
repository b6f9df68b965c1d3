export { openJournal } from './journal.ts';
export type { Journal } from './journal.ts';
export type { PlannedStep } from './events.ts';
export type { ManagedResource, SavedOutput } from './output-tables.ts';
export { isExecuting, isNodeDone, isNodeOver, isResting } from './record.ts';
export type { DeploymentRecord, NodeRecord } from './record.ts';
