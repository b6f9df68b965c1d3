import { describe, expect, test } from 'vitest';
import { readAsset } from './asset.ts';
import { GcpDirectory } from './directory.ts';
import { fullNameOf, regionAndZone } from './names.ts';
import { References } from './references.ts';

describe('full resource names', () => {
  test.each([
    [
      'https://www.googleapis.com/compute/v1/projects/p/global/networks/n',
      '//compute.googleapis.com/projects/p/global/networks/n',
    ],
    [
      'https://compute.googleapis.com/compute/beta/projects/p/zones/z/disks/d',
      '//compute.googleapis.com/projects/p/zones/z/disks/d',
    ],
    [
      'https://container.googleapis.com/v1beta1/projects/p/zones/z/clusters/c',
      '//container.googleapis.com/projects/p/locations/z/clusters/c',
    ],
    [
      '//container.googleapis.com/projects/p/zones/z/clusters/c/nodePools/n',
      '//container.googleapis.com/projects/p/locations/z/clusters/c/nodePools/n',
    ],
    [
      'https://sqladmin.googleapis.com/sql/v1beta4/projects/p/instances/i',
      '//cloudsql.googleapis.com/projects/p/instances/i',
    ],
    ['https://www.googleapis.com/storage/v1/b/bucket', '//storage.googleapis.com/bucket'],
    [
      'https://bigquery.googleapis.com/bigquery/v2/projects/p/datasets/d',
      '//bigquery.googleapis.com/projects/p/datasets/d',
    ],
    ['//pubsub.googleapis.com/projects/p/topics/t', '//pubsub.googleapis.com/projects/p/topics/t'],
    ['projects/p/topics/t', null],
    ['https://example.org/compute/v1/projects/p', null],
  ])('%s', (reference, name) => {
    expect(fullNameOf(reference)).toBe(name);
  });

  test.each([
    ['europe-west1-b', 'europe-west1', 'europe-west1-b'],
    ['us-central1', 'us-central1', null],
    ['eu', 'eu', null],
    ['global', 'global', null],
  ])('the region of %s', (location, region, zone) => {
    expect(regionAndZone(location)).toEqual({ region, zone });
  });
});

describe('references of a resource in project shop', () => {
  const refs = new References('//compute.googleapis.com/projects/shop/zones/europe-west1-b/instances/a', {
    directory: new GcpDirectory(),
    region: 'europe-west1',
  });

  test.each([
    [refs.network('default'), '//compute.googleapis.com/projects/shop/global/networks/default'],
    [refs.network('projects/host/global/networks/n'), '//compute.googleapis.com/projects/host/global/networks/n'],
    [refs.subnetwork('web'), '//compute.googleapis.com/projects/shop/regions/europe-west1/subnetworks/web'],
    [refs.compute('zones/z/disks/d'), '//compute.googleapis.com/projects/shop/zones/z/disks/d'],
    [refs.compute('some words'), undefined],
    [
      refs.key('projects/p/locations/l/keyRings/r/cryptoKeys/k/cryptoKeyVersions/3'),
      '//cloudkms.googleapis.com/projects/p/locations/l/keyRings/r/cryptoKeys/k',
    ],
    [refs.bucket('gs://logs/2026/'), '//storage.googleapis.com/logs'],
    [refs.account('default'), undefined],
    [
      refs.account('web@shop.iam.gserviceaccount.com'),
      '//iam.googleapis.com/projects/shop/serviceAccounts/web@shop.iam.gserviceaccount.com',
    ],
    [
      refs.account('web@shop.acme.example.iam.gserviceaccount.com'),
      '//iam.googleapis.com/projects/acme.example:shop/serviceAccounts/web@shop.acme.example.iam.gserviceaccount.com',
    ],
    [
      refs.imageRepository('europe-docker.pkg.dev/shop/apps/api:1'),
      '//artifactregistry.googleapis.com/projects/shop/locations/europe/repositories/apps',
    ],
    [refs.imageRepository('nginx'), undefined],
  ])('%s', (found, expected) => {
    expect(found).toBe(expected);
  });
});

test('an account of a project’s number is put into the project, once that is known', () => {
  const directory = new GcpDirectory();
  const address = '123-compute@developer.gserviceaccount.com';
  expect(directory.accountId(address)).toBe(`//iam.googleapis.com/projects/123/serviceAccounts/${address}`);
  directory.learn(
    readAsset({
      name: '//compute.googleapis.com/projects/shop/global/networks/n',
      assetType: 'compute.googleapis.com/Network',
      ancestors: ['projects/123', 'organizations/6'],
    }),
  );
  expect(directory.accountId(address)).toBe(`//iam.googleapis.com/projects/shop/serviceAccounts/${address}`);
  const machines = new References('//compute.googleapis.com/projects/shop/zones/z/instances/a', {
    directory,
    region: 'z',
  });
  expect(machines.account('default')).toBe(directory.accountId(address));
  expect(directory.canonical('//secretmanager.googleapis.com/projects/123/secrets/s')).toBe(
    '//secretmanager.googleapis.com/projects/shop/secrets/s',
  );
});

describe('assets', () => {
  const name = '//pubsub.googleapis.com/projects/p/topics/t';
  const type = 'pubsub.googleapis.com/Topic';

  test('are read in the spelling of the API and in that of exports', () => {
    const resource = {
      location: 'GLOBAL',
      data: { name: 't' },
      parent: '//cloudresourcemanager.googleapis.com/projects/1',
    };
    const read = { name, type, ancestors: ['projects/1'], location: 'global', data: { name: 't' }, iamPolicy: null };
    expect(readAsset({ name, assetType: type, ancestors: ['projects/1'], resource })).toMatchObject(read);
    expect(readAsset({ name, asset_type: type, resource })).toMatchObject(read);
    expect(readAsset({ name, asset_type: type, iam_policy: { bindings: [] } }).iamPolicy).toEqual({ bindings: [] });
  });

  test('made from plans have a path instead of ancestors', () => {
    const ancestry_path = 'organizations/6/folders/45/project/p';
    expect(readAsset({ name, asset_type: type, ancestry_path }).ancestors).toEqual([
      'projects/p',
      'folders/45',
      'organizations/6',
    ]);
  });

  test.each([
    [null, 'An asset is nothing instead of an object.'],
    [[], 'An asset is a list instead of an object.'],
    [{ assetType: type }, 'An asset has nothing instead of a full resource name.'],
    [{ name: 'projects/p', assetType: type }, 'An asset has “projects/p” instead of a full resource name.'],
    [{ name }, `${name} has nothing instead of an asset type.`],
    [{ name, assetType: 7 }, `${name} has a value of type number instead of an asset type.`],
  ])('%j is refused by name', (asset, message) => {
    expect(() => readAsset(asset)).toThrow(message);
  });
});
