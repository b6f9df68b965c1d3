export { createFactStore } from './fact-store.ts';
export { readFacts } from './read-facts.ts';
