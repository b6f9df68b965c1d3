import { expect, test } from 'vitest';
import { parseJson } from './parse-json.ts';

test.each([
  ['90071992547409931234', '90071992547409931234'],
  ['-9007199254740993', '-9007199254740993'],
  ['1e400', '1e400'],
  // These a number holds, or rounds as every reader of JSON does.
  ['9007199254740992', 9_007_199_254_740_992],
  ['123456789012', 123_456_789_012],
  ['0.1000000000000000055511151231257827', 0.1],
  ['1.5e300', 1.5e300],
  ['"90071992547409931234"', '90071992547409931234'],
])('%s is %j, alone and deeper', (text, value) => {
  expect(parseJson(text)).toBe(value);
  expect(parseJson(`{"a":[1, ${text}],"b": ${text}}`)).toEqual({ a: [1, value], b: value });
});

test('a text that is no JSON is refused as ever', () => {
  expect(() => parseJson('{"a":12345678901234567')).toThrow(SyntaxError);
});
