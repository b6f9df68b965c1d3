export { createAwsAccessSource, type AwsAccessDeps } from './access/access-source.ts';
export { awsCloudSources, createAwsProvider, type AwsProviderDeps } from './provider.ts';
export type { CallLimits } from './calls/transport.ts';
