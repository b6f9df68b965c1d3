export { createAwsAccessSource, type AwsAccessDeps } from './access-source.ts';
export { awsCloudSources, createAwsProvider, type AwsProviderDeps } from './provider.ts';
export type { CallLimits } from './account-session.ts';
