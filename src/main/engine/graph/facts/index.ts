export { createFactStore } from './fact-store.ts';
export type { FactStoreOptions } from './fact-store.ts';
