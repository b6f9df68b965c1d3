export { createEventBus } from './event-bus.ts';
export type { EventBus } from './event-bus.ts';
export { listFolders } from './folders.ts';
export { createRecentWorkspaces } from './recent.ts';
export { createSystemService } from './service.ts';
export type { AgentAccess, SystemDependencies, WorkspaceSession } from './service.ts';
