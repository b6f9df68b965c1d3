export { grantAt, makeEstate, subscriptionId, tenantId, type AzureEstate } from './estate.ts';
export { startFakeResourceGraph, type FakeOptions, type FakeResourceGraph } from './fake-resource-graph.ts';
export type { AzureFault, AzureFaultRule } from './faults.ts';
