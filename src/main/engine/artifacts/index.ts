export { createArtifactsService } from './service.ts';
export { createArtifactStore } from './store.ts';
export { createChartRenderer } from './helm/render.ts';
export { artifactExists, artifactFolder, writeArtifact, writeArtifactVersion } from './write-artifact.ts';
