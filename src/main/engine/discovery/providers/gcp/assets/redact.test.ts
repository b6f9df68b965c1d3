import { expect, test } from 'vitest';
import { redactBody } from './redact.ts';

test('secrets are replaced by a word wherever they stand', () => {
  expect(
    redactBody({
      rootPassword: 'a',
      nested: [{ private_key: 'b', kept: 'c' }],
      environmentVariables: { TOKEN: 'd' },
      containers: [
        {
          env: [
            { name: 'TOKEN', value: 'e' },
            { name: 'FROM', valueSource: { secretKeyRef: { secret: 's' } } },
          ],
        },
      ],
      steps: [{ env: ['TOKEN=f', 'EMPTY'] }],
      password: '',
    }),
  ).toEqual({
    rootPassword: '(removed)',
    nested: [{ private_key: '(removed)', kept: 'c' }],
    environmentVariables: { TOKEN: '(removed)' },
    containers: [
      {
        env: [
          { name: 'TOKEN', value: '(removed)' },
          { name: 'FROM', valueSource: { secretKeyRef: { secret: 's' } } },
        ],
      },
    ],
    steps: [{ env: ['TOKEN=(removed)', 'EMPTY'] }],
    password: '',
  });
});

test('metadata of machines keeps its names, and the values that Google itself writes', () => {
  const items = [
    { key: 'startup-script', value: 'secret' },
    { key: 'created-by', value: 'projects/1/zones/z/instanceGroupManagers/m' },
  ];
  expect(redactBody({ metadata: { kind: 'compute#metadata', fingerprint: 'x', items } })).toEqual({
    metadata: {
      kind: 'compute#metadata',
      fingerprint: 'x',
      items: [
        { key: 'startup-script', value: '(removed)' },
        { key: 'created-by', value: 'projects/1/zones/z/instanceGroupManagers/m' },
      ],
    },
  });
  expect(redactBody({ nodeConfig: { metadata: { 'disable-legacy-endpoints': 'true', token: 'secret' } } })).toEqual({
    nodeConfig: { metadata: { 'disable-legacy-endpoints': 'true', token: '(removed)' } },
  });
});

test('metadata of Kubernetes objects stays, without the manifest it repeats', () => {
  const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': '{"env":"secret"}', team: 'shop' };
  expect(redactBody({ metadata: { name: 'api', namespace: 'shop', annotations } })).toEqual({
    metadata: {
      name: 'api',
      namespace: 'shop',
      annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '(removed)', team: 'shop' },
    },
  });
});
