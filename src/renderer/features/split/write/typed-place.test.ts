import { describe, expect, it } from 'vitest';
import { placeAtFirst, placeOf } from './typed-place.ts';

const none = { account: null, region: null };

describe('where a root runs, as it is typed', () => {
  it('is what was chosen before, else what the code tells', () => {
    const found = { cloud: 'gcp', account: null, region: 'europe-west1' } as const;
    expect(placeAtFirst(null, found)).toEqual({ cloud: 'gcp', account: '', region: 'europe-west1' });
    const chosen = { cloud: 'aws', account: '123456789012', region: 'eu-west-1' } as const;
    expect(placeAtFirst(chosen, found)).toEqual(chosen);
  });

  it('makes an environment when both are right, and none when one is left empty', () => {
    const typed = { cloud: 'aws', account: '123456789012', region: 'eu-west-1' } as const;
    expect(placeOf(typed, 'shop')).toEqual({
      target: typed,
      problems: none,
      outcome: 'The environment shop is written with it.',
    });
    expect(placeOf({ ...typed, account: ' ' }, 'shop')).toEqual({
      target: null,
      problems: none,
      outcome: 'No environment is written: account left empty.',
    });
    expect(placeOf({ cloud: 'azure', account: '', region: '' }, 'shop').outcome).toBe(
      'No environment is written: subscription and location left empty.',
    );
  });

  it('says what is wrong with what was typed', () => {
    const typed = placeOf({ cloud: 'aws', account: '12', region: '' }, 'shop');
    expect(typed).toMatchObject({
      target: null,
      problems: { account: 'An AWS account is twelve digits.', region: null },
    });
  });
});
