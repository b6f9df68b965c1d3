import { expect, test } from 'vitest';
import { removed } from './secret-fields.ts';
import { resourceWithoutSecretTexts, withoutSecretTexts } from './secret-texts.ts';

test.each([
  [
    'https://a.blob.core.windows.net/c?sv=1&sig=hunter2%2F&se=2',
    `https://a.blob.core.windows.net/c?sv=1&sig=${removed}&se=2`,
  ],
  ['?sig=hunter2', `?sig=${removed}`],
  ['sig=hunter2', `sig=${removed}`],
  ['AccountName=a;AccountKey=hunter2==;EndpointSuffix=b', `AccountName=a;AccountKey=${removed};EndpointSuffix=b`],
  [
    'Endpoint=sb://a/;SharedAccessKeyName=k;SharedAccessKey=hunter2=',
    `Endpoint=sb://a/;SharedAccessKeyName=k;SharedAccessKey=${removed}`,
  ],
  ['Server=db;User ID=sa;Password=hunter2;Encrypt=true', `Server=db;User ID=sa;Password=${removed};Encrypt=true`],
  [
    'https://b.s3.amazonaws.com/k?X-Amz-Date=1&X-Amz-Signature=hunter2',
    `https://b.s3.amazonaws.com/k?X-Amz-Date=1&X-Amz-Signature=${removed}`,
  ],
  ['see https://ada:hunter2@host/path', `see https://${removed}@host/path`],
])('%s keeps all but its secret', (text, expected) => {
  expect(withoutSecretTexts(text)).toBe(expected);
});

test.each(['a=b', 'design=flat', 'https://host/path?q=1', 'arn:aws:s3:::b/sig=', 'PasswordPolicy=strict', ''])(
  '%s has none and stays',
  (text) => expect(withoutSecretTexts(text)).toBe(text),
);

test('a resource loses them in its tags and at any depth of its body', () => {
  const fact = { tags: { link: 'x?sig=hunter2' }, raw: { a: [{ b: 'AccountKey=hunter2' }], c: 1, d: null } };
  const clean = resourceWithoutSecretTexts(fact as unknown as Parameters<typeof resourceWithoutSecretTexts>[0]);
  expect(clean).toEqual({
    tags: { link: `x?sig=${removed}` },
    raw: { a: [{ b: `AccountKey=${removed}` }], c: 1, d: null },
  });
});
