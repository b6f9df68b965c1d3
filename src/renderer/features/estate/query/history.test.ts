import { expect, test } from 'vitest';
import { withQuery } from './history.ts';

test('the newest query stands first, each once, and the oldest are forgotten', () => {
  expect(withQuery(['b', 'a'], 'a')).toEqual(['a', 'b']);
  const many = Array.from({ length: 60 }, (_, index) => `q${index}`);
  expect(withQuery(many, 'new')).toHaveLength(50);
});
