export { countReferences } from './count-references.ts';
export { createEstateReader } from './estate-reader.ts';
export type { EstateReader } from './estate-reader.ts';
export { createEstateService } from './estate-service.ts';
export { createQuestionsService } from './questions-service.ts';
export { createGraphAccess } from './graph-access.ts';
export { createGraphBuilder } from './graph-builder.ts';
export { warmUp } from './warm-up.ts';
