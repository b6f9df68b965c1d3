export { createAgentHttp } from './http.ts';
export type { AgentHttp } from './http.ts';
export { createAgentServer } from './server.ts';
