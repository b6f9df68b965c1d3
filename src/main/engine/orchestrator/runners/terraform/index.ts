export { createTerraformTool } from './terraform-tool.ts';
export { fileDigest } from './plan-file.ts';
export { readMessage } from './tool-events.ts';
