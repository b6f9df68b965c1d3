export { openOrchestrator } from './orchestrator.ts';
export type { Orchestrator } from './orchestrator.ts';
export type { OrchestratorDeps } from './context.ts';
