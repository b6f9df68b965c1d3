import fc from 'fast-check';
import { expect, test } from 'vitest';
import { removed } from './secret-fields.ts';
import { withoutSecretTexts } from './secret-texts.ts';

/** What no one would write for anything else: letters and digits, long enough to be found again. */
const secret = fc.stringMatching(/^[A-Za-z]{6}[0-9]{2}[A-Za-z0-9]{4,20}$/);

const words = fc.constantFrom(
  'the',
  'password',
  'token',
  'of',
  'secret',
  'Key',
  'is',
  'rotated',
  'bearer of',
  'authorization',
  'keys',
  'see',
  'vault.',
  'arn:aws:iam::111122223333:role/token-1',
  'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbC123',
  '/subscriptions/1/resourceGroups/a',
  '2026-01-02T03:04:05Z',
  '10.0.0.1/16',
  'https://host:443/path?q=1',
  'https://host/@scope/name@1.0.0',
  'ssh://git@host:22/path',
  'ada@example.org',
  '--token-file',
  '--verbose',
  'secretName:',
  'passwordPolicy:',
  'name=db',
  '2fd4e1c67a2d28fced849ee1bb76e7391b93eb12',
  'AKIAIOSFODNN7EXAMPLE',
  '(known after apply)',
  '${var.password}',
  '\n',
);
const ordinary = fc.array(words, { maxLength: 12 }).map((list) => list.join(' '));

/** How a secret is written down; what stands around it stays. */
const ways: readonly ((text: string) => string)[] = [
  (text) => `password: ${text}`,
  (text) => `db_password: "${text}"`,
  (text) => `{"token":"${text}"}`,
  (text) => `--password ${text}`,
  (text) => `--admin-token=${text}`,
  (text) => `"--password", "${text}"`,
  (text) => `https://${text}@host/path`,
  (text) => `https://ada:${text}@host/path`,
  (text) => `postgres://ada:${text}@host:5432/db`,
  (text) => `Authorization: Bearer ${text}`,
  (text) => `authorization: basic ${text}`,
  (text) => `Bearer ${text}`,
  (text) => `X-Api-Key: ${text}`,
  (text) => `aws_secret_access_key = ${text}`,
  (text) => `-----BEGIN EC PRIVATE KEY-----\n${text}\n-----END EC PRIVATE KEY-----`,
];

test('a secret is gone, and all around it stays', () => {
  fc.assert(
    fc.property(ordinary, fc.constantFrom(...ways), secret, ordinary, (before, way, made, after) => {
      const clean = withoutSecretTexts(`${before}\n${way(made)}\n${after}`);
      expect(clean).not.toContain(made);
      expect(clean.startsWith(`${before}\n`)).toBe(true);
      expect(clean.endsWith(`\n${after}`)).toBe(true);
      expect(clean).toContain(removed);
      expect(withoutSecretTexts(clean)).toBe(clean);
    }),
  );
});

test('a text without a secret stays as it is', () => {
  fc.assert(
    fc.property(ordinary, (text) => {
      expect(withoutSecretTexts(text)).toBe(text);
    }),
  );
});
