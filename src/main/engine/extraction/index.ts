export type { DraftFiles, EstateReader, PatternsDeps } from './deps.ts';
export { createEstateReader } from './estate-reader.ts';
export { createPatternsService } from './patterns-service.ts';
