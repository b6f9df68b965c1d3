import { expect, test } from 'vitest';
import { removed, withoutSecrets } from './redact.ts';

test('secrets go, what is not one stays', () => {
  const body = {
    properties: {
      sharedKey: 'Abc123',
      osProfile: {
        adminUsername: 'ada',
        adminPassword: 'x',
        customData: 'IyEv',
        secrets: [{ sourceVault: { id: '/v' } }],
      },
      template: {
        containers: [
          {
            env: [
              { name: 'TOKEN', value: 'x' },
              { name: 'KEY', secretRef: 'key' },
            ],
          },
        ],
      },
      appSettings: { TOKEN: 'x' },
      pacFile: 'https://a.blob.core.windows.net/p.pac?sv=1&sig=abc%2F&se=2',
      text: 'DefaultEndpointsProtocol=https;AccountName=a;AccountKey=abc==;EndpointSuffix=core.windows.net',
      permissions: { secrets: ['get'] },
    },
  };
  expect(withoutSecrets(body)).toEqual({
    properties: {
      sharedKey: removed,
      osProfile: {
        adminUsername: 'ada',
        adminPassword: removed,
        customData: removed,
        secrets: [{ sourceVault: { id: '/v' } }],
      },
      template: {
        containers: [
          {
            env: [
              { name: 'TOKEN', value: removed },
              { name: 'KEY', secretRef: 'key' },
            ],
          },
        ],
      },
      appSettings: { TOKEN: removed },
      pacFile: `https://a.blob.core.windows.net/p.pac?sv=1&sig=${removed}&se=2`,
      text: `DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${removed};EndpointSuffix=core.windows.net`,
      permissions: { secrets: ['get'] },
    },
  });
});
