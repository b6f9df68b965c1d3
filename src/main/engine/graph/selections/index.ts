export { expandSelections } from './expand-selections.ts';
export { createSelections } from './selections.ts';
