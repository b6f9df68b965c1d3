export type { DraftFiles, EnvironmentListing, EstateReader, EstateRestriction, PatternsDeps } from './deps.ts';
export { createEstateReader } from './estate-reader.ts';
export { createPatternsService } from './patterns-service.ts';
export { createDraftFiles, createEnvironmentListing } from './workspace-files.ts';
