import { expect, test } from 'vitest';
import { areSeveralClouds } from './cloud-text.ts';

test.each([
  [['aws', 'aws'], false],
  [['aws', 'other'], false],
  [['aws', 'gcp', 'other'], true],
  [[], false],
])('of %j there are several clouds: %s', (clouds, several) => {
  expect(areSeveralClouds(clouds)).toBe(several);
});
