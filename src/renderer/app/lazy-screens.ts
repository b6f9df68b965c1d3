import { lazy } from 'react';

// Each screen is a file of its own, fetched when it is first opened, so that the first screen does not wait for all.
export const StartScreen = lazy(async () => ({ default: (await import('../features/start/index.ts')).StartScreen }));
export const EstateScreen = lazy(async () => ({ default: (await import('../features/estate/index.ts')).EstateScreen }));
export const PatternsScreen = lazy(async () => ({
  default: (await import('../features/patterns/index.ts')).PatternsScreen,
}));
export const ArtifactsScreen = lazy(async () => ({
  default: (await import('../features/artifacts/index.ts')).ArtifactsScreen,
}));
export const BlueprintsScreen = lazy(async () => ({
  default: (await import('../features/blueprints/index.ts')).BlueprintsScreen,
}));
export const CatalogScreen = lazy(async () => ({
  default: (await import('../features/catalog/index.ts')).CatalogScreen,
}));
export const ReviewScreen = lazy(async () => ({ default: (await import('../features/review/index.ts')).ReviewScreen }));
export const DeploymentsScreen = lazy(async () => ({
  default: (await import('../features/deployments/index.ts')).DeploymentsScreen,
}));
export const DriftScreen = lazy(async () => ({ default: (await import('../features/drift/index.ts')).DriftScreen }));
export const SettingsScreen = lazy(async () => ({
  default: (await import('../features/settings/index.ts')).SettingsScreen,
}));
export const SplitScreen = lazy(async () => ({ default: (await import('../features/split/index.ts')).SplitScreen }));
