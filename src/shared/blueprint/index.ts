export { parseBlueprint, problemsOfIssues } from './parse.ts';
export { nearest } from './problems.ts';
export { validateBlueprint } from './validate.ts';
export { linksOf, topologicalStages, wiresOf } from './wires.ts';
export { findUse, inputPort, inputPorts, outputPorts, targetNames } from './ports.ts';
export { compareVersions, highestVersion, isExactVersion, satisfiesRange, splitUse } from './versions.ts';
