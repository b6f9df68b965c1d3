export { type FaultProxy, startFaultProxy } from './fault-proxy.ts';
export type { Fault, FaultAnswer, FaultRule } from './faults.ts';
