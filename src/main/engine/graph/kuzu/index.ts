export { openGraphStore } from './graph-store.ts';
export type { GraphStoreOptions } from './graph-store.ts';
