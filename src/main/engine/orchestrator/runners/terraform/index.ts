export { createRootTool } from './root-tool.ts';
export { createTerraformTool } from './terraform-tool.ts';
export { findTool, minimumVersion, toolCandidates } from './find-tool.ts';
export type { FoundTool } from './find-tool.ts';
export { fileDigest } from './plan-file.ts';
export { readMessage } from './tool-events.ts';
