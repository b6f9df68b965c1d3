export { regional } from './aws-blueprint.ts';
export { layered, single } from './blueprints.ts';
export {
  agent,
  createBench,
  person,
  resolvedBlueprint,
  type Bench,
  type TestBlueprint,
} from './orchestrator-workbench.ts';
export { accessTo, never, realTool, silentLogger, temporaryFolder, writeFiles } from './tool-workbench.ts';
