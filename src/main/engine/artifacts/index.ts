export { createArtifactsService } from './service.ts';
export { createArtifactStore } from './store.ts';
export { writeArtifact } from './write-artifact.ts';
