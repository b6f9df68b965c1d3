export { openGraphStore } from './graph-store.ts';
