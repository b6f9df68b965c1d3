export { convertAzureRow, type ConvertedRow } from './convert-row.ts';
export { GatewayRoutes } from './network/gateway-routes.ts';
export { createAzureProvider, type AzureProviderDeps } from './provider.ts';
export type { CallLimits } from './session.ts';
