export { createFactStore } from './fact-store.ts';
