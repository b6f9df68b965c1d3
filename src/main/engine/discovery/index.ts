export { createArchivesService } from './archive/archives-service.ts';
export { createDiscoverySteps, createProviders } from './cloud-providers.ts';
export { createCoverageService } from './coverage/coverage-service.ts';
export { createDiscoveryService } from './discovery-service.ts';
export type { ClosableDiscoveryService, DiscoveryDeps } from './discovery-service.ts';
export { createImportsService } from './offline/imports-service.ts';
export { awsCloudSources, createAwsAccessSource } from './providers/aws/index.ts';
export type { AwsAccessDeps } from './providers/aws/index.ts';
export { createRunsUnderWay } from './runs-under-way.ts';
export { sampleFiles } from './sample-estate.ts';
export type { SampleDescription } from './sample-estate.ts';
export {
  createScheduleMemory,
  createSchedules,
  followSchedules,
  installedTimer,
  timerFor,
  timerPlatformOf,
} from './schedules/index.ts';
export type { Timer, TimerCommand, TimerHost } from './schedules/index.ts';
