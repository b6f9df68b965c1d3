export { startWorld } from './start-world.ts';
export type { World } from './start-world.ts';
