export { type FaultProxy, startFaultProxy } from './fault-proxy.ts';
export type { Fault, FaultRule } from './faults.ts';
