export { buildGraphFile } from './build-graph.ts';
export { toBuildError } from './failures.ts';
export { apartPrefix, graphPointerSchema } from './graph-folder.ts';
export { openGraphStore } from './graph-store.ts';
export type { BuildApart } from './graph-store.ts';
