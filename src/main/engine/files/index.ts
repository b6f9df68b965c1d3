export { isTemporary, writeFileAtomically, writeFolderAtomically } from './atomic.ts';
export type { FolderContent } from './atomic.ts';
export { digestFiles, digestText } from './digest.ts';
export { isInside, listFolder, resolveInside } from './list-folder.ts';
export type { FolderFile, ListOptions } from './list-folder.ts';
export { fieldPath, parseYaml, placeProblems } from './yaml-file.ts';
export type { Position, YamlText } from './yaml-file.ts';
export { editYaml, writeYaml } from './yaml-edit.ts';
