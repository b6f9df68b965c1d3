import { expect, it } from 'vitest';
import { parseExactJson } from './exact-json.ts';

it('gives numbers back as they were written', () => {
  const text = '{"a":12345678901234567890,"b":1.0,"c":[1e3,-0.10],"d":7,"e":"1.0","f":null}';
  expect(JSON.stringify(parseExactJson(text))).toBe(text);
  expect(parseExactJson(text)).toMatchObject({ d: 7, e: '1.0' });
  expect(() => parseExactJson('{"a":')).toThrow(SyntaxError);
});
