import { expect, test } from 'vitest';
import { SeenTimes } from './seen-times.ts';

test('keeps the last time of each of very many ids, and knows what it was never told', () => {
  const seen = new SeenTimes();
  for (let serial = 0; serial < 50_000; serial += 1) seen.set(`id-${serial}`, serial);
  for (let serial = 0; serial < 50_000; serial += 7) seen.set(`id-${serial}`, -serial);
  for (let serial = 0; serial < 50_000; serial += 1) {
    expect(seen.get(`id-${serial}`)).toBe(serial % 7 === 0 ? -serial : serial);
    expect(seen.get(`other-${serial}`)).toBeUndefined();
  }
});
