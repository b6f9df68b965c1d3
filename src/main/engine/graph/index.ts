// The door to the cloud graph: facts, the database behind its port, and typed reading.
export { createEstateReader, createEstateService, createGraphAccess, createGraphBuilder } from './estate/index.ts';
export type {
  Affected,
  AffectedInput,
  EstateReader,
  EstateReaderDeps,
  EstateSelection,
  EstateServiceDeps,
  GraphAccess,
  GraphAccessDeps,
  GraphBuilderDeps,
} from './estate/index.ts';
export { createFactStore } from './facts/index.ts';
export type { FactStoreOptions } from './facts/index.ts';
export { openGraphStore } from './kuzu/index.ts';
export type { GraphStoreOptions } from './kuzu/index.ts';
