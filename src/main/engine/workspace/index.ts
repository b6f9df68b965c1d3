export { openConsents } from './consents.ts';
export { readLock } from './lock.ts';
export type { LockRecord } from './lock.ts';
export { createWorkspaceFolder, exists, makeDataFolder, openWorkspace } from './open.ts';
export type { OpenedWorkspace } from './open.ts';
export { statePath, workspacePaths } from './paths.ts';
