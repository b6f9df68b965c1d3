import { expect, test } from 'vitest';
import type { JsonObject } from '#shared/base/json.ts';
import { GcpConverter } from '../converter.ts';

const shop = '//compute.googleapis.com/projects/shop';
const link = (path: string): string => `https://www.googleapis.com/compute/v1/projects/shop/${path}`;

/** What one asset of the project leads to, as `TYPE other`. */
function edgesOf(type: string, name: string, data: JsonObject): string[] {
  const asset = { name: `${shop}/${name}`, assetType: `compute.googleapis.com/${type}`, ancestors: ['projects/shop'] };
  const facts = new GcpConverter().convert({ ...asset, resource: { data } });
  return facts
    .flatMap(({ relationships }) => relationships)
    .map((edge) => `${edge.type} ${edge.to.replace(`${shop}/`, '')}`)
    .sort();
}

test('a URL map leads to the services that get copies of requests too', () => {
  const data = {
    defaultService: link('global/backendServices/web'),
    pathMatchers: [
      {
        name: 'all',
        routeRules: [
          {
            routeAction: {
              weightedBackendServices: [{ backendService: link('global/backendServices/new'), weight: 5 }],
              requestMirrorPolicy: { backendService: link('global/backendServices/shadow') },
            },
          },
        ],
      },
    ],
  };
  expect(edgesOf('UrlMap', 'global/urlMaps/web', data)).toEqual([
    'TARGETS global/backendServices/new',
    'TARGETS global/backendServices/shadow',
    'TARGETS global/backendServices/web',
  ]);
});

test('pools and single machines behind a network balancer are protected by their security policy', () => {
  const securityPolicy = link('regions/europe-west1/securityPolicies/edge');
  const instance = link('zones/europe-west1-b/instances/a');
  expect(
    edgesOf('TargetPool', 'regions/europe-west1/targetPools/web', { instances: [instance], securityPolicy }),
  ).toEqual(['PROTECTED_BY regions/europe-west1/securityPolicies/edge', 'TARGETS zones/europe-west1-b/instances/a']);
  expect(
    edgesOf('TargetInstance', 'zones/europe-west1-b/targetInstances/a', {
      instance,
      securityPolicy,
      network: link('global/networks/main'),
    }),
  ).toEqual([
    'IN_NETWORK global/networks/main',
    'PROTECTED_BY regions/europe-west1/securityPolicies/edge',
    'TARGETS zones/europe-west1-b/instances/a',
  ]);
});
