export { answerRequest } from './answer-request.ts';
export { createBuildApart } from './build-apart.ts';
