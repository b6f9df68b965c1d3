import { expect, test } from 'vitest';
import { AwsCallError, InvalidAnswerError } from './aws-error.ts';
import { classifyAwsError, failureKind, toAwsAppError } from './errors.ts';

const place = { account: 'production (111122223333)', region: 'eu-west-1', endpoint: 'http://127.0.0.1:5000' };

function sdkError(name: string, rest: object = {}): Error {
  return Object.assign(new Error('says AWS'), { name, ...rest });
}

test.each([
  ['AccessDenied', 'denied'],
  ['AccessDeniedException', 'denied'],
  ['UnauthorizedOperation', 'denied'],
  ['AuthorizationErrorException', 'denied'],
  ['ExpiredToken', 'expired'],
  ['ExpiredTokenException', 'expired'],
  ['RequestExpired', 'expired'],
  ['InvalidClientTokenId', 'credentials-rejected'],
  ['UnrecognizedClientException', 'credentials-rejected'],
  ['CredentialsProviderError', 'credentials-missing'],
  ['OptInRequired', 'disabled'],
  ['Throttling', 'throttled'],
  ['RequestLimitExceeded', 'throttled'],
  ['TooManyRequestsException', 'throttled'],
  ['SlowDown', 'throttled'],
  ['TimeoutError', 'timed-out'],
  ['SyntaxError', 'invalid-answer'],
  ['ValidationError', 'failed'],
])('%s is %s', (name, kind) => {
  expect(failureKind(new AwsCallError('ec2:DescribeVpcs', sdkError(name)))).toBe(kind);
});

test.each([
  ['a refused connection', sdkError('Error', { code: 'ECONNREFUSED' }), 'unreachable'],
  ['a name that does not resolve', sdkError('Error', { code: 'ENOTFOUND' }), 'unreachable'],
  ['an unknown 403', sdkError('Forbidden', { $metadata: { httpStatusCode: 403 } }), 'denied'],
  ['an unknown 429', sdkError('Busy', { $metadata: { httpStatusCode: 429 } }), 'throttled'],
  ['a 429 with a page of HTML', sdkError('SyntaxError', { $metadata: { httpStatusCode: 429 } }), 'throttled'],
  ['a 502 without a code', sdkError('Unknown', { $metadata: { httpStatusCode: 502 } }), 'invalid-answer'],
  ['what the SDK marks as throttling', sdkError('Odd', { $retryable: { throttling: true } }), 'throttled'],
  ['an answer without a request id', new InvalidAnswerError('none'), 'invalid-answer'],
  [
    'a single sign-on session that ended',
    Object.assign(new Error('The SSO session associated with this profile has expired.'), {
      name: 'CredentialsProviderError',
    }),
    'expired',
  ],
  ['a string', 'boom', 'failed'],
])('%s', (_what, thrown, kind) => {
  expect(failureKind(thrown)).toBe(kind);
});

test('a denial names the permission that AWS names, else the one that was asked for', () => {
  const named = sdkError('AccessDenied');
  named.message = 'User: arn:aws:iam::1:user/x is not authorized to perform: kms:Decrypt on resource: y';
  expect(classifyAwsError(new AwsCallError('s3:GetObject', named), place)).toEqual({
    status: 'denied',
    message: 's3:GetObject in production (111122223333), eu-west-1: access denied. Allow kms:Decrypt.',
    permission: 'kms:Decrypt',
    unreachable: false,
  });
  const silent = new AwsCallError('ec2:DescribeVpcs', sdkError('UnauthorizedOperation'));
  expect(classifyAwsError(silent, place).permission).toBe('ec2:DescribeVpcs');
});

test('a policy that stands in the way is named, however long the answer is', () => {
  const denied = sdkError('UnauthorizedOperation');
  denied.message = `You are not authorized. User: ${'x'.repeat(400)} is not authorized to perform: ec2:DescribeVpcs with an explicit deny in a service control policy`;
  expect(classifyAwsError(new AwsCallError('ec2:DescribeVpcs', denied), place)).toEqual({
    status: 'denied',
    message:
      'ec2:DescribeVpcs in production (111122223333), eu-west-1: access denied by a service control policy. Allow ec2:DescribeVpcs there.',
    permission: 'ec2:DescribeVpcs',
    remedy: { do: 'lift', by: 'service control policy', policy: null, to: null },
    unreachable: false,
  });
});

test('only silence makes asking again pointless', () => {
  const refused = new AwsCallError('ec2:DescribeVpcs', sdkError('Error', { code: 'ECONNREFUSED' }));
  expect(classifyAwsError(refused, place)).toMatchObject({ status: 'failed', unreachable: true });
  expect(classifyAwsError(sdkError('AccessDenied'), place).unreachable).toBe(false);
});

test('as an error to throw it keeps its kind, place and cause', () => {
  const cause = new AwsCallError('sts:GetCallerIdentity', sdkError('ExpiredToken'));
  const error = toAwsAppError(cause, place);
  expect(error).toMatchObject({
    code: 'credentials-expired',
    details: { account: place.account, region: 'eu-west-1', endpoint: place.endpoint },
    cause,
  });
});
