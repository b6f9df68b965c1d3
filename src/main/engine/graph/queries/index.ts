export { createQueriesService } from './queries-service.ts';
