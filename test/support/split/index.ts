export {
  applyRoot,
  everythingProven,
  findingsOf,
  prove,
  splitCall,
  splitRequest,
  splitService,
  tofu,
  writeRoot,
} from './bench.ts';
export { companyTerralith } from './company-terralith.ts';
export { provenRoots } from './proven-roots.ts';
export type { ProvenRoot } from './proven-roots.ts';
export { backendOf, heldIn, push, rollBack, twoParts, writtenAndProven } from './push-bench.ts';
export { smallCompany } from './small-company.ts';
export { startStateServer } from './state-server.ts';
export type { StateServer } from './state-server.ts';
