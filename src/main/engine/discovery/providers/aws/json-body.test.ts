import { expect, test } from 'vitest';
import { jsonBody, policyBody, removed } from './json-body.ts';

test('dates, bytes and absent fields become JSON', () => {
  expect(
    jsonBody({
      $metadata: { requestId: 'x' },
      CreateDate: new Date(0),
      Blob: new Uint8Array([1, 2]),
      Missing: undefined,
      Nothing: null,
      Nested: [{ Size: 1n, Bad: Number.NaN }],
    }),
  ).toEqual({
    CreateDate: '1970-01-01T00:00:00.000Z',
    Blob: 'AQI=',
    Nothing: null,
    Nested: [{ Size: '1', Bad: null }],
  });
});

test('secrets are replaced wherever they stand; the names of variables stay', () => {
  const body = jsonBody({
    LaunchTemplateData: { UserData: 'IyEvYmluL3No' },
    MasterUserPassword: 'secret',
    MasterUserSecret: { SecretArn: 'arn:aws:secretsmanager:eu-west-1:1:secret:x' },
    Environment: { Variables: { API_TOKEN: 'secret' } },
    AuthenticateOidcConfig: { ClientId: 'id', ClientSecret: 'secret' },
  });
  expect(body).toEqual({
    LaunchTemplateData: { UserData: removed },
    MasterUserPassword: removed,
    MasterUserSecret: { SecretArn: 'arn:aws:secretsmanager:eu-west-1:1:secret:x' },
    Environment: { Variables: { API_TOKEN: removed } },
    AuthenticateOidcConfig: { ClientId: 'id', ClientSecret: removed },
  });
});

test('values that people give go by their name, in maps and in lists of pairs', () => {
  expect(
    jsonBody({
      containerDefinitions: [{ environment: [{ name: 'DB_HOST', value: 'db.example' }], secrets: [{ name: 'A' }] }],
      variables: { stage: 'live' },
      Parameters: [
        { ParameterKey: 'DbPassword', ParameterValue: 'secret' },
        { ParameterKey: 'Size', ParameterValue: 'db.t3.small' },
      ],
      Outputs: [{ OutputKey: 'ApiKey', OutputValue: 'secret', Description: 'the key' }],
      logConfiguration: { options: { 'splunk-token': 'secret', 'awslogs-group': 'web' } },
      Environment: { Variables: {}, Error: { ErrorCode: 'none' } },
    }),
  ).toEqual({
    containerDefinitions: [{ environment: [{ name: 'DB_HOST', value: removed }], secrets: [{ name: 'A' }] }],
    variables: { stage: removed },
    Parameters: [
      { ParameterKey: 'DbPassword', ParameterValue: removed },
      { ParameterKey: 'Size', ParameterValue: 'db.t3.small' },
    ],
    Outputs: [{ OutputKey: 'ApiKey', OutputValue: removed, Description: 'the key' }],
    logConfiguration: { options: { 'splunk-token': removed, 'awslogs-group': 'web' } },
    Environment: { Variables: {}, Error: { ErrorCode: 'none' } },
  });
});

test('keys of tunnels and passwords in addresses go', () => {
  expect(
    jsonBody({
      CustomerGatewayConfiguration: '<pre_shared_key>secret</pre_shared_key>',
      Options: { TunnelOptions: [{ PreSharedKey: 'secret', OutsideIpAddress: '192.0.2.1' }] },
      CustomHeaders: { Items: [{ HeaderName: 'x-origin', HeaderValue: 'secret' }] },
      Endpoint: 'https://user:secret@hooks.example/path',
    }),
  ).toEqual({
    CustomerGatewayConfiguration: removed,
    Options: { TunnelOptions: [{ PreSharedKey: removed, OutsideIpAddress: '192.0.2.1' }] },
    CustomHeaders: { Items: [{ HeaderName: 'x-origin', HeaderValue: removed }] },
    Endpoint: `https://${removed}@hooks.example/path`,
  });
});

test('policies are objects whether encoded or not; what is no JSON stays readable', () => {
  expect(policyBody('%7B%22Version%22%3A%222012-10-17%22%7D')).toEqual({ Version: '2012-10-17' });
  expect(policyBody('{"Version":"2012-10-17"}')).toEqual({ Version: '2012-10-17' });
  expect(policyBody('{broken')).toBe('{broken');
  expect(policyBody(undefined)).toBeNull();
});

test('a map of variables is no pair, whatever they are called', () => {
  expect(jsonBody({ Environment: { Variables: { KEY: 'hunter2', MY_VALUE: 'hunter2', OTHER: 'hunter2' } } })).toEqual({
    Environment: { Variables: { KEY: removed, MY_VALUE: removed, OTHER: removed } },
  });
});
