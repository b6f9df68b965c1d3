export { makeCodeToImport, type CodeToImport } from './code-to-import.ts';
export { knownFacts } from './known-facts.ts';
