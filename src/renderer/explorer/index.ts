export { GraphExplorer } from './graph-explorer.tsx';
export type { Arrangement } from './graph-explorer.tsx';
export { GraphList } from './graph-list.tsx';
