export { applyRoot, everythingProven, findingsOf, prove, splitCall, splitService, tofu, writeRoot } from './bench.ts';
