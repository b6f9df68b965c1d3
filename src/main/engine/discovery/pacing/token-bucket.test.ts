import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TokenBucket } from './token-bucket.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => vi.useRealTimers());

const never = new AbortController().signal;

/** How many of `count` calls get through within so many milliseconds. */
async function passing(bucket: TokenBucket, count: number, milliseconds: number): Promise<number> {
  let passed = 0;
  for (let call = 0; call < count; call += 1) void bucket.take(never).then(() => (passed += 1));
  await vi.advanceTimersByTimeAsync(milliseconds);
  return passed;
}

test('lets a burst through at once and then its rate', async () => {
  expect(await passing(new TokenBucket({ perSecond: 10, burst: 5 }), 30, 0)).toBe(5);
  expect(await passing(new TokenBucket({ perSecond: 10, burst: 5 }), 30, 1000)).toBe(15);
});

test('refills while nobody calls, but never above its burst', async () => {
  const bucket = new TokenBucket({ perSecond: 10, burst: 5 });
  await passing(bucket, 5, 60_000);
  expect(await passing(bucket, 20, 0)).toBe(5);
});

test('a refusal empties it and halves its pace, once for refusals that arrive together', async () => {
  const bucket = new TokenBucket({ perSecond: 10, burst: 5 });
  await passing(bucket, 1, 0);
  bucket.refused();
  bucket.refused();
  expect(await passing(bucket, 20, 0)).toBe(0);
  const waiting = new TokenBucket({ perSecond: 10, burst: 5 });
  waiting.refused();
  expect(await passing(waiting, 20, 1000)).toBe(5);
});

test('answers bring the declared pace back', async () => {
  const bucket = new TokenBucket({ perSecond: 10, burst: 1 });
  bucket.refused();
  for (let answer = 0; answer < 30; answer += 1) bucket.answered();
  await vi.advanceTimersByTimeAsync(5000);
  expect(await passing(bucket, 20, 1000)).toBe(11);
});

test('whoever is cancelled stops waiting', async () => {
  const bucket = new TokenBucket({ perSecond: 1, burst: 1 });
  await bucket.take(never);
  const caller = new AbortController();
  const waiting = bucket.take(caller.signal);
  caller.abort(new Error('cancelled'));
  await expect(waiting).rejects.toThrow('cancelled');
});
