export { createArtifactsService } from './service.ts';
export { createArtifactStore } from './store.ts';
export { createReadingAids } from './reading-aids.ts';
export { artifactExists, artifactFolder, writeArtifact, writeArtifactVersion } from './write-artifact.ts';
