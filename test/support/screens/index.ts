export { createDraftFolder } from './draft-folder.ts';
export type { DraftFolder } from './draft-folder.ts';
export { buildPage, startScreens } from './start-screens.ts';
export type { Scene, Screens } from './start-screens.ts';
