export type { ReadingAids } from './artifact-tool.ts';
export { createArtifactsService } from './service.ts';
export { createArtifactStore } from './store.ts';
export { createReadingAids, knownSchemas } from './reading-aids.ts';
export { keepAnswers } from './terraform/provider-schemas/keep-answers.ts';
export { artifactExists, artifactFolder, writeArtifact, writeArtifactVersion } from './write-artifact.ts';
export type { ProviderSchemas } from './terraform/provider-schemas/provider-schemas.ts';
