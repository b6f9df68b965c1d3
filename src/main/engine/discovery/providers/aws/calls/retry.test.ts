import { expect, test } from 'vitest';
import { againAfter } from './retry.ts';

const attempt = { made: 1, most: 6, renewable: false, random: () => 0.5 };

function failed(name: string, rest: object = {}): Error {
  return Object.assign(new Error('says AWS'), { name, ...rest });
}

function throttledWith(header: string): Error {
  return failed('SlowDown', { $response: { statusCode: 503, headers: { 'retry-after': header } } });
}

test('waits a random part of a limit that doubles with each refusal, up to twenty seconds', () => {
  const waits = [1, 2, 3, 4, 5].map((made) => againAfter(failed('Throttling'), { ...attempt, made })?.milliseconds);
  expect(waits).toEqual([250, 500, 1000, 2000, 4000]);
  const late = againAfter(failed('Throttling'), { ...attempt, made: 20, most: 99 });
  expect(late?.milliseconds).toBe(10_000);
});

test('gives up after the last attempt', () => {
  expect(againAfter(failed('Throttling'), { ...attempt, made: 6 })).toBeNull();
});

test.each([
  ['3', 3000],
  ['0', 0],
  ['61', null],
  ['soon', 250],
])('when the service asks for Retry-After: %s', (header, milliseconds) => {
  expect(againAfter(throttledWith(header), attempt)?.milliseconds ?? null).toBe(milliseconds);
});

test('a date in Retry-After is waited for', () => {
  const wait = againAfter(throttledWith(new Date(Date.now() + 5000).toUTCString()), attempt)?.milliseconds;
  expect(wait).toBeGreaterThan(3000);
  expect(wait).toBeLessThanOrEqual(5000);
});

test.each([
  ['AccessDenied', {}],
  ['InternalError', { $metadata: { httpStatusCode: 500 } }],
  ['ServiceUnavailable', { $metadata: { httpStatusCode: 503 } }],
  ['TimeoutError', {}],
  ['Error', { code: 'ECONNREFUSED' }],
])('%s is not repeated', (name, rest) => {
  expect(againAfter(failed(name, rest), attempt)).toBeNull();
});

test.each([
  ['a kept connection that was closed', failed('Error', { code: 'ECONNRESET' })],
  ['a clock that was just corrected', failed('RequestTimeTooSkewed', { $metadata: { clockSkewCorrected: true } })],
])('%s is a reason to send once more', (_what, error) => {
  expect(againAfter(error, attempt)).toEqual({ milliseconds: 0, renew: false });
  expect(againAfter(error, { ...attempt, made: 2 })).toBeNull();
});

test('expired credentials are renewed where others can be had', () => {
  expect(againAfter(failed('ExpiredToken'), { ...attempt, renewable: true })).toEqual({ milliseconds: 0, renew: true });
  expect(againAfter(failed('ExpiredToken'), attempt)).toBeNull();
});
