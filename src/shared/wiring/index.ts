export { describeType, fits } from './fits.ts';
export type { Fit } from './fits.ts';
