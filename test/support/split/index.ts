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
