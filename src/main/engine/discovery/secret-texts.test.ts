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
  ['redis://:hunter2@host:6379/0', `redis://${removed}@host:6379/0`],
  ['amqp://u:p@ss@h, amqp://v:q@i', `amqp://${removed}@h, amqp://${removed}@i`],
  ['run --db_password=hunter2 --verbose', `run --db_password=${removed} --verbose`],
  ['export MYSQL_PASSWORD=hunter2', `export MYSQL_PASSWORD=${removed}`],
  ['PASSWORD=\nHOST=db', 'PASSWORD=\nHOST=db'],
  ['client_id=a&client_secret=hunter2&x=1', `client_id=a&client_secret=${removed}&x=1`],
  ['https://host/#access_token=hunter2', `https://host/#access_token=${removed}`],
  ['https://f.azurewebsites.net/api/f?code=hunter2&a=1', `https://f.azurewebsites.net/api/f?code=${removed}&a=1`],
  ['Endpoint=https://a;ApiKey=hunter2', `Endpoint=https://a;ApiKey=${removed}`],
  ['AWS_SECRET_ACCESS_KEY=hunter2/x+y AWS_ACCESS_KEY_ID=A', `AWS_SECRET_ACCESS_KEY=${removed} AWS_ACCESS_KEY_ID=A`],
  ['Server=db;Password="hunter2 and 3";Encrypt=true', `Server=db;Password=${removed};Encrypt=true`],
  ["token = 'hunter2 and 3' # mine", `token = ${removed} # mine`],
  ['{"c":"--password=\\"hunter2 and 3\\""}', `{"c":"--password=${removed}"}`],
  ['Password="hunter2 never closed', `Password=${removed}`],
  ['Server=db; Password = hunter2', `Server=db; Password = ${removed}`],
  [
    'jdbc:sqlserver://host:1433;user=ada@corp;password=hunter2',
    `jdbc:sqlserver://host:1433;user=ada@corp;password=${removed}`,
  ],
  ['mysql -h db --password hunter2 -v', `mysql -h db --password ${removed} -v`],
  ['["run", "--db-password", "hunter2 x", "-v"]', `["run", "--db-password", "${removed}", "-v"]`],
  ['password: hunter2\nhost: db', `password: ${removed}\nhost: db`],
  ['{ db_password: abc, host: db }', `{ db_password: ${removed}, host: db }`],
  ['{"password":"hunter 2","host":"db"}', `{"password":"${removed}","host":"db"}`],
  ['"{\\"apiKey\\": \\"hunter2\\"}"', `"{\\"apiKey\\": \\"${removed}\\"}"`],
  ["client-secret: 'never closed", `client-secret: '${removed}`],
  ['The password: hunter22 was given.', `The password: ${removed} was given.`],
  ['X-Api-Key: hunter2', `X-Api-Key: ${removed}`],
  ['Secret access key: hunter2', `Secret access key: ${removed}`],
  ['git clone https://hunter2@host/path.git', `git clone https://${removed}@host/path.git`],
  ['git::https://hunter2@host/path?ref=v1', `git::https://${removed}@host/path?ref=v1`],
  ['Authorization: Basic aHVudGVyOjI=', `Authorization: Basic ${removed}`],
  ['curl -H "authorization: Bearer hunter" x', `curl -H "authorization: Bearer ${removed}" x`],
  ['sent bearer abc123.def with it', `sent bearer ${removed} with it`],
  ['{"Authorization":"token hunter2"}', `{"Authorization":"token ${removed}"}`],
  ['got eyJhbGciOiJI.eyJzdWIiOiIx.c2ln here', `got ${removed} here`],
  [`use ghp_${'a1'.repeat(18)}, please`, `use ${removed}, please`],
  [`AKIAIOSFODNN7EXAMPLE / ${'wJalrXUtnF'.repeat(4)} in eu`, `AKIAIOSFODNN7EXAMPLE / ${removed} in eu`],
  [
    'a -----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY----- b',
    `a -----BEGIN RSA PRIVATE KEY-----${removed}-----END RSA PRIVATE KEY----- b`,
  ],
  [
    `"-----BEGIN PRIVATE KEY-----\\n${'Ab1+'.repeat(16)}\\n${'cD2/'.repeat(4)}... (cut)`,
    `"-----BEGIN PRIVATE KEY-----${removed}... (cut)`,
  ],
])('%s keeps all but its secret', (text, expected) => {
  expect(withoutSecretTexts(text)).toBe(expected);
});

test.each([
  'a=b',
  'design=flat',
  'https://host/path?q=1',
  'https://host:443?mail=a@b',
  'ssh://git@host:22/path',
  'arn:aws:s3:::b/sig=',
  'PasswordPolicy=strict',
  'token_type=bearer',
  'response_type=code&zipcode=1',
  'arn:aws:secretsmanager:eu-west-1:1:secret:db-AbCd12',
  'Password: must be 12-64 characters with an A',
  'Use --password to give one, or --token-file x',
  'kms:token: denied; invalid token: expired',
  'password: ${var.password}',
  'password: !Ref Password',
  '{"password": null, "token": "", "secretKey": {"a": 1}}',
  'existingSecret: db-1\nsecretName: db-2\npasswordPolicy: strict1',
  '  + password = (sensitive value)\n  + token = (known after apply)',
  '  + create_password = true',
  'the bearer of authorization tokens; Authorization: none',
  'The text -----BEGIN PRIVATE KEY----- opens a key.',
  '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----',
  'AKIAIOSFODNN7EXAMPLE at 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12',
  'ssh://git@host/path and mail ada@host',
  'https://host/@scope/name@1.0.0',
  '',
])('%s has none and stays', (text) => expect(withoutSecretTexts(text)).toBe(text));

test('what was cleaned once stays as it is', () => {
  const clean = withoutSecretTexts('https://a:b@host/?token=c&code=d');
  expect(withoutSecretTexts(clean)).toBe(clean);
});

// Every one is a megabyte that a pattern which looks back would not be done with before the test is given up.
test.each([
  ['digits', '1'],
  ['dashes', '-'],
  ['names', 'password'],
  ['names and blanks', 'token   '],
  ['colons', ':'],
  ['signs of a host', '@'],
  ['slashes', '://'],
  ['users without a host', '://a:b'],
  ['addresses', 'https://a'],
  ['settings', 'password: '],
  ['options', ' --token'],
  ['options with dashes', '--token-'],
  ['beginnings of keys', '-----BEGIN PRIVATE KEY-----'],
  ['beginnings of tokens', ' eyJhbGciOiJI.'],
  ['ids of keys', 'AKIAIOSFODNN7EXAMPLE '],
  ['bearers', 'bearer '],
])('a megabyte of %s comes to an end', (_, part) => {
  const text = `x=://${part.repeat(Math.ceil(2 ** 20 / part.length))}`;
  expect(withoutSecretTexts(text)).toBe(text);
});

test.each(['\\', '"', "'", '=', ' '])('a secret of a megabyte of %j comes to an end', (part) => {
  const text = `password=${part.repeat(2 ** 20)}`;
  expect(withoutSecretTexts(text).startsWith('password=')).toBe(true);
});

test('a resource loses them in its tags and at any depth of its body', () => {
  const fact = { tags: { link: 'x?sig=hunter2' }, raw: { a: [{ b: 'AccountKey=hunter2' }], c: 1, d: null } };
  const clean = resourceWithoutSecretTexts(fact as unknown as Parameters<typeof resourceWithoutSecretTexts>[0]);
  expect(clean).toEqual({
    tags: { link: `x?sig=${removed}` },
    raw: { a: [{ b: `AccountKey=${removed}` }], c: 1, d: null },
  });
});

test('the value of an option goes where the arguments of a command are a list', () => {
  const command = ['serve', '--db-password', 'hunter2', '-token', 'hunter2', '--password', '--port', '80'];
  const fact = { tags: {}, raw: { a: [{ command }], args: ['--token', '$(TOKEN)', 'password', 'reset'] } };
  const { raw } = resourceWithoutSecretTexts(fact as unknown as Parameters<typeof resourceWithoutSecretTexts>[0]);
  expect(raw).toEqual({
    a: [{ command: ['serve', '--db-password', removed, '-token', removed, '--password', '--port', '80'] }],
    args: ['--token', '$(TOKEN)', 'password', 'reset'],
  });
});
