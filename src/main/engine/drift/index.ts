export { createDriftService } from './service.ts';
export type { DeployedNode, DriftDeps, RevertRequest } from './deps.ts';
