export { createDriftService } from './service.ts';
export type { DeployedNode, DriftDeps } from './deps.ts';
