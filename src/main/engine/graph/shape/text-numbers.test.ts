import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { createTextNumbers } from './text-numbers.ts';

test('texts are numbered as a Map would number them', () => {
  // Few of them, so that they come again, and some of them long and alike.
  const text = oneof(
    string({ maxLength: 2 }),
    string({ unit: 'binary', maxLength: 3 }),
    constantFrom('', ' ', 'arn:aws:iam::210000000000:role/a', 'arn:aws:iam::210000000001:role/a'),
  );
  assert(
    property(array(text, { maxLength: 3000, size: 'max' }), (all) => {
      const numbers = createTextNumbers();
      const naive = new Map<string, number>();
      for (const one of all) {
        expect(numbers.get(one)).toBe(naive.get(one));
        expect(numbers.has(one)).toBe(naive.has(one));
        if (!naive.has(one)) naive.set(one, naive.size);
        expect(numbers.add(one)).toBe(naive.get(one));
        expect(numbers.size).toBe(naive.size);
      }
      expect([...numbers.texts()]).toEqual([...naive.keys()]);
      for (const [one, number] of naive) {
        expect(numbers.get(one)).toBe(number);
        expect(numbers.textOf(number)).toBe(one);
      }
      expect(numbers.textOf(naive.size)).toBe('');
    }),
    { numRuns: 30 },
  );
});

test('as many texts as there are keep their numbers while the table grows', () => {
  const idOf = (index: number): string => `arn:aws:ec2:eu-west-1:210000000000:instance/i-${index.toString(16)}`;
  const numbers = createTextNumbers();
  const count = 100_000;
  for (let index = 0; index < count; index += 1) numbers.add(idOf(index));
  const wrong = Array.from({ length: count }, (_, index) => index).filter((index) => {
    return numbers.get(idOf(index)) !== index || numbers.add(idOf(index)) !== index;
  });
  expect({ wrong, size: numbers.size, unknown: numbers.get(idOf(count)) }).toEqual({
    wrong: [],
    size: count,
    unknown: undefined,
  });
});
