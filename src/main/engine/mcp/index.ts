export { createAgentHttp } from './http.ts';
export type { AgentHttp } from './http.ts';
export { agentTools, createAgentServer } from './server.ts';
