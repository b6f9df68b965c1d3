import { expect, test } from 'vitest';
import { GcpConverter } from '../converter.ts';

test('a template says what its machines are made from and which key their disks will be encrypted by', () => {
  const key = 'projects/shop/locations/europe-west1/keyRings/r/cryptoKeys/disks';
  const sourceImage = 'https://www.googleapis.com/compute/v1/projects/debian-cloud/global/images/debian-12';
  const facts = new GcpConverter().convert({
    name: '//compute.googleapis.com/projects/shop/global/instanceTemplates/web',
    assetType: 'compute.googleapis.com/InstanceTemplate',
    ancestors: ['projects/shop'],
    resource: {
      data: {
        name: 'web',
        properties: {
          disks: [
            {
              initializeParams: { sourceImage },
              diskEncryptionKey: { kmsKeyName: `${key}/cryptoKeyVersions/3` },
            },
          ],
        },
      },
    },
  });
  expect(facts.flatMap(({ relationships }) => relationships).map(({ type, to }) => `${type} ${to}`)).toEqual([
    'DERIVED_FROM //compute.googleapis.com/projects/debian-cloud/global/images/debian-12',
    `ENCRYPTED_BY //cloudkms.googleapis.com/${key}`,
  ]);
});
