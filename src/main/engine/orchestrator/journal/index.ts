export { openJournal } from './journal.ts';
export type { Journal } from './journal.ts';
export type { JournalEntry, JournalEvent, PlannedStep } from './events.ts';
export type { ManagedResource, ManagedRow, SavedOutput } from './output-tables.ts';
export { isExecuting, isNodeDone, isNodeOver, isResting } from './record.ts';
export type { DeploymentRecord, NodeRecord } from './record.ts';
