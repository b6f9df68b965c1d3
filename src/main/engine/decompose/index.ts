export { createSplitService } from './service.ts';
