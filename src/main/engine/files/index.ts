export { isTemporary, writeFileAtomically, writeFolderAtomically } from './atomic.ts';
export type { FolderContent } from './atomic.ts';
export { digestFiles, digestText } from './digest.ts';
export { isInside, listFolder, resolveInside } from './list-folder.ts';
export type { FolderFile } from './list-folder.ts';
export { parseYaml, placeProblems } from './yaml-file.ts';
export type { YamlText } from './yaml-file.ts';
export { editYaml, writeYaml } from './yaml-edit.ts';
