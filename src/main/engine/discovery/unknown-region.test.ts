import { expect, test } from 'vitest';
import { azureRegions } from './providers/azure/regions.ts';
import { gcpRegions } from './providers/gcp/access/regions.ts';
import { unknownRegion } from './unknown-region.ts';

test('the nearest names are told, and what a region looks like where none is near', () => {
  const typed = unknownRegion('Google Cloud', ['europe-wset4', 'us-est4'], {
    known: gcpRegions,
    example: 'europe-west1',
  });
  expect(typed).toMatchObject({
    code: 'bad-input',
    message: 'europe-wset4, us-est4: not a region of Google Cloud that is known here.',
    details: { regions: ['europe-wset4', 'us-est4'] },
  });
  expect(typed.advice).toMatch(/^Did you mean europe-west4, us-east4\? /u);
  expect(unknownRegion('Azure', ['zzz'], { known: azureRegions, example: 'westeurope' }).advice).toMatch(
    /^A region looks like westeurope\. Leave regions out/u,
  );
});

test('the lists hold each name once, as the clouds write it', () => {
  expect(new Set(azureRegions).size).toBe(azureRegions.length);
  expect(azureRegions.filter((name) => !/^[a-z]+\d?(?:euap|stg)?$/u.test(name))).toEqual([]);
  expect(new Set(gcpRegions).size).toBe(gcpRegions.length);
  expect(gcpRegions.filter((name) => !/^[a-z]+(?:-[a-z]+)*-?\d*$/u.test(name))).toEqual([]);
});
