export { type FaultProxy, type StandIn, startFaultProxy } from './fault-proxy.ts';
export { answerOf } from './faults.ts';
export type { Fault, FaultAnswer, FaultRule } from './faults.ts';
