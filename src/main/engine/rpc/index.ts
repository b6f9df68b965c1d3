export { createRouter } from './router.ts';
export type { RouterSources, RpcContext } from './router.ts';
