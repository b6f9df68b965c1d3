import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRecentNumbers } from './recent-numbers.ts';

test('what is found is what was kept last for that id, however many fall on one place', () => {
  const id = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.nat(20_000).map((number) => `subnet-${number}`),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(id, fc.nat()), { maxLength: 200 }), (entries) => {
      const recent = createRecentNumbers();
      expect(recent.get('')).toBeUndefined();
      const all = new Map<string, number>();
      for (const [name, number] of entries) {
        recent.set(name, number);
        all.set(name, number);
        expect(recent.get(name)).toBe(number);
      }
      for (const [name, number] of all) expect([number, undefined]).toContain(recent.get(name));
      expect(recent.get('was never kept')).toBeUndefined();
    }),
  );
});
