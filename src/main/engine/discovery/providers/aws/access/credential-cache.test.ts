import { expect, test } from 'vitest';
import { cachedCredentials } from './credential-cache.ts';

const keys = { accessKeyId: 'a', secretAccessKey: 's' };

test('asks once for all clients, and again shortly before the credentials end', async () => {
  let now = 0;
  let asked = 0;
  const cached = cachedCredentials(
    () => {
      asked += 1;
      return Promise.resolve({ ...keys, expiration: new Date(now + 3_600_000) });
    },
    () => now,
  );
  await Promise.all([cached.credentials(), cached.credentials(), cached.credentials()]);
  expect(asked).toBe(1);
  now = 3_600_000 - 5 * 60_000 + 1;
  await cached.credentials();
  expect(asked).toBe(2);
});

test('a failure is not kept', async () => {
  let asked = 0;
  const cached = cachedCredentials(
    () => {
      asked += 1;
      return asked === 1 ? Promise.reject(new Error('no')) : Promise.resolve(keys);
    },
    () => 0,
  );
  await expect(cached.credentials()).rejects.toThrow('no');
  await expect(cached.credentials()).resolves.toEqual(keys);
});

test('credentials that ended too early are taken once for all calls that failed with them', async () => {
  let now = 0;
  let asked = 0;
  const cached = cachedCredentials(
    () => {
      asked += 1;
      return Promise.resolve({ ...keys, expiration: new Date(now + 3_600_000) });
    },
    () => now,
  );
  await cached.credentials();
  now = 600_000;
  cached.renew?.();
  await cached.credentials();
  cached.renew?.();
  await cached.credentials();
  expect(asked).toBe(2);
});
