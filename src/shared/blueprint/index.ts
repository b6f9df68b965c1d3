export { parseBlueprint, problemsOfIssues } from './parse.ts';
export { validateBlueprint } from './validate.ts';
export { dependenciesOf, linksOf, topologicalStages, wiresOf } from './wires.ts';
export type { Link, Stages, Wire } from './wires.ts';
export { findUse, inputPort, inputPorts, outputPorts, referenceSchema, targetNames } from './ports.ts';
export { fieldText } from './problems.ts';
export {
  compareVersions,
  highestVersion,
  isExactVersion,
  isVersionRange,
  satisfiesRange,
  splitUse,
} from './versions.ts';
