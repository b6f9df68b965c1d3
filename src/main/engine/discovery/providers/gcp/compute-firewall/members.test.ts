import { expect, test } from 'vitest';
import type { JsonObject } from '#shared/base/json.ts';
import { GcpConverter } from '../converter.ts';

const compute = '//compute.googleapis.com';
const link = (path: string): string => `https://www.googleapis.com/compute/v1/${path}`;
const web = 'web@shop.iam.gserviceaccount.com';

function asset(type: string, name: string, data: JsonObject, ancestors: string[]): JsonObject {
  return { name: `${compute}/${name}`, assetType: `compute.googleapis.com/${type}`, ancestors, resource: { data } };
}

const machine = (name: string, network: string, folder: string): JsonObject =>
  asset(
    'Instance',
    `projects/shop/zones/europe-west1-b/instances/${name}`,
    {
      name,
      networkInterfaces: [{ network: link(`projects/shop/global/networks/${network}`) }],
      serviceAccounts: [{ email: web }],
    },
    ['projects/shop', `folders/${folder}`, 'organizations/6001'],
  );

const rule = (more: JsonObject = {}): JsonObject => ({
  action: 'allow',
  direction: 'INGRESS',
  priority: 7,
  match: { srcIpRanges: ['10.0.0.0/8'], layer4Configs: [{ ipProtocol: 'tcp', ports: ['443'] }] },
  targetServiceAccounts: [web],
  ...more,
});

/** Which machines a policy with these rules protects, by their names. */
function protectedBy(attached: readonly string[], rules: JsonObject[], type = 'FirewallPolicy'): string[] {
  const associations = attached.map((attachmentTarget) => ({ name: 'a', attachmentTarget }));
  const policy = asset(type, 'locations/global/firewallPolicies/990001', { name: '990001', associations, rules }, [
    'organizations/6001',
  ]);
  const converter = new GcpConverter();
  const all = [policy, machine('a', 'main', '501'), machine('b', 'side', '501'), machine('c', 'main', '502')];
  for (const one of all) converter.convert(one);
  return converter
    .join()
    .flatMap(({ kind, relationships }) => {
      expect(kind).toBe(type === 'FirewallPolicy' ? 'gcp.compute.firewallpolicy' : 'gcp.other');
      return relationships;
    })
    .map(({ type: edge, from, to, properties }) => {
      expect([edge, to]).toEqual(['PROTECTED_BY', `${compute}/locations/global/firewallPolicies/990001`]);
      expect(properties).toEqual({ direction: 'ingress', priority: 7, action: 'allow' });
      return from.slice(from.lastIndexOf('/') + 1);
    });
}

test('the rules of a policy protect the machines of their accounts, below the folder they are for', () => {
  expect(protectedBy(['organizations/6001'], [rule()])).toEqual(['a', 'b', 'c']);
  expect(protectedBy(['folders/501'], [rule()])).toEqual(['a', 'b']);
  expect(protectedBy(['//cloudresourcemanager.googleapis.com/folders/502'], [rule()])).toEqual(['c']);
});

test('a rule may be for some networks alone, and a policy for nothing else', () => {
  const main = link('projects/shop/global/networks/main');
  expect(protectedBy(['folders/501'], [rule({ targetResources: [main] })])).toEqual(['a']);
  expect(protectedBy([main], [rule()])).toEqual(['a', 'c']);
  expect(protectedBy([main], [rule()], 'RegionNetworkFirewallPolicy')).toEqual(['a', 'c']);
});

test('other accounts, rules that are off and policies that are associated with nothing protect no machine', () => {
  expect(
    protectedBy(['organizations/6001'], [rule({ targetServiceAccounts: ['other@x.iam.gserviceaccount.com'] })]),
  ).toEqual([]);
  expect(protectedBy(['organizations/6001'], [rule({ disabled: true })])).toEqual([]);
  expect(protectedBy([], [rule()])).toEqual([]);
});
