export { createRunsService } from './runs-service.ts';
