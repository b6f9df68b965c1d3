export { createEstateInTime } from './estate-in-time.ts';
export { createLookedAt } from './looked-at.ts';
export { createPastEstates } from './past-estates.ts';
export { createRetentionRule } from './retention-rule.ts';
export { createRunKeeper } from './run-keeper.ts';
export { createRunsService } from './runs-service.ts';
