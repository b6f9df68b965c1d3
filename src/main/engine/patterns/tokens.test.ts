import { describe, expect, test } from 'vitest';
import { commonStem, tokenise, wordsOf } from './tokens.ts';

const tokens = { stem: 'shop-eu-west-1', region: 'eu-west-1', account: '111111111111' };

describe('tokenise', () => {
  test('takes the longest token: the name of the instance before the region inside it', () => {
    expect(tokenise('shop-eu-west-1-orders', tokens)).toEqual([{ token: 'name' }, '-orders']);
    expect(tokenise('Runs in eu-west-1.', tokens)).toEqual(['Runs in ', { token: 'region' }, '.']);
  });

  test('finds a region with its zone letter, and the account in an ARN', () => {
    expect(tokenise('eu-west-1a', tokens)).toEqual([{ token: 'region' }, 'a']);
    expect(tokenise('arn:aws:iam::111111111111:role/x', tokens)).toEqual([
      'arn:aws:iam::',
      { token: 'account' },
      ':role/x',
    ]);
  });

  test('replaces nothing inside a longer word', () => {
    expect(tokenise('shop-eu-west-1x', tokens)).toEqual(['shop-eu-west-1x']);
    expect(tokenise('myshop-eu-west-1', { ...tokens, region: 'us-east-1' })).toEqual(['myshop-eu-west-1']);
    expect(tokenise('a1', { stem: 'a', region: 'x', account: '1' })).toEqual(['a1']);
  });

  test('knows the key of a member at the end of a text only', () => {
    expect(tokenise('shop-eu-west-1-private-a', { ...tokens, key: 'a' })).toEqual([
      { token: 'name' },
      '-private-',
      { token: 'key' },
    ]);
    expect(tokenise('eu-west-1a', { ...tokens, key: 'a' })).toEqual([{ token: 'region' }, { token: 'key' }]);
    expect(tokenise('data', { ...tokens, key: 'a' })).toEqual(['data']);
  });
});

describe('wordsOf', () => {
  test('leaves what a thing is for, without tokens and generated suffixes', () => {
    expect(wordsOf(tokenise('shop-eu-west-1-order_Events-8f3a2c', tokens))).toEqual(['order', 'events']);
    expect(wordsOf(tokenise('feedback', tokens))).toEqual(['feedback']);
  });
});

describe('commonStem', () => {
  test('is the longest prefix that half of the names share, cut at a word', () => {
    expect(commonStem(['shop-eu', 'shop-eu-a', 'shop-eu-b', 'legacy'])).toBe('shop-eu');
  });

  test('is nothing where names have nothing in common', () => {
    expect(commonStem(['alpha', 'beta', 'gamma'])).toBeNull();
    expect(commonStem([])).toBeNull();
  });
});
