export { describeLimits, describeType } from './describe-type.ts';
export { fits, type Fit } from './fits.ts';
