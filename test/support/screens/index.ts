export { createDeploymentScene, regionalReview } from './deployment-scene.ts';
export type { DeploymentScene } from './deployment-scene.ts';
export { createDraftFolder } from './draft-folder.ts';
export type { DraftFolder } from './draft-folder.ts';
export { buildPage, startScreens } from './start-screens.ts';
export type { Scene, Screens } from './start-screens.ts';
