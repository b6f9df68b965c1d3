export { createEstateInTime } from './estate-in-time.ts';
export { createPastEstates } from './past-estates.ts';
export { createRunsService } from './runs-service.ts';
