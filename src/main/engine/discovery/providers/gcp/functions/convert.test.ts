import { expect, test } from 'vitest';
import { GcpConverter } from '../converter.ts';

const ancestors = ['projects/123', 'organizations/6'];

function edgesOf(assetType: string, name: string, data: object) {
  const facts = new GcpConverter().convert({ name, assetType, ancestors, resource: { data } });
  return facts.flatMap(({ relationships }) => relationships).map(({ from, type, to }) => `${from} ${type} ${to}`);
}

test('a function of the second generation is woken by the bucket that its filter names', () => {
  const id = '//cloudfunctions.googleapis.com/projects/shop/locations/europe-west1/functions/resize';
  const eventFilters = [
    { attribute: 'type', value: 'google.cloud.storage.object.v1.finalized' },
    { attribute: 'bucket', value: 'uploads' },
  ];
  expect(edgesOf('cloudfunctions.googleapis.com/Function', id, { eventTrigger: { eventFilters } })).toEqual([
    `//storage.googleapis.com/uploads TARGETS ${id}`,
  ]);
});

test('nodes that run as the default account run as the project’s own', () => {
  const id = '//container.googleapis.com/projects/shop/locations/l/clusters/c/nodePools/main';
  expect(edgesOf('container.googleapis.com/NodePool', id, { config: { serviceAccount: 'default' } })).toContain(
    `${id} RUNS_AS //iam.googleapis.com/projects/shop/serviceAccounts/123-compute@developer.gserviceaccount.com`,
  );
});
