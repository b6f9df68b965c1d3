export { createTerraformTool } from './terraform-tool.ts';
export type { TerraformToolOptions } from './terraform-tool.ts';
export { minimumVersion } from './find-tool.ts';
export { fileDigest } from './plan-file.ts';
export { readMessage } from './tool-events.ts';
