export type { EngineMessage, EngineStart, HostMessage } from './messages.ts';
export { startNodeEngine } from './node-engine.ts';
export { superviseEngine } from './supervisor.ts';
export type { EngineProcess, Supervisor } from './supervisor.ts';
