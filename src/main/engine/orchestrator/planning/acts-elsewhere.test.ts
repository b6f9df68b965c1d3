import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#shared/base/json.ts';
import type { Target } from '#shared/model/index.ts';
import { readPlanDocument } from '../../planner/index.ts';
import { placedResources } from '../managed-resources.ts';
import { actsElsewhere, resourcesElsewhere } from './acts-elsewhere.ts';

const mine = '0b1f6471-1bf0-4dda-aec3-cb9272f09590';
const other = '99999999-1bf0-4dda-aec3-cb9272f09590';
const azure: Target = { cloud: 'azure', account: mine, region: 'westeurope' };
const gcp: Target = { cloud: 'gcp', account: 'shop-prod', region: 'europe-west1' };
const registry = 'registry.opentofu.org/hashicorp';

interface Given {
  readonly providers?: JsonObject;
  readonly variables?: JsonObject;
  readonly changes?: readonly { address: string; provider: string; before?: JsonObject; after?: JsonObject }[];
}

function found(target: Target, { providers = {}, variables = {}, changes = [] }: Given) {
  const document = readPlanDocument({
    format_version: '1.2',
    variables,
    configuration: { provider_config: providers },
    resource_changes: changes.map(({ address, provider, before = null, after = null }) => ({
      address,
      mode: 'managed',
      type: address.split('.')[0] ?? '',
      provider_name: `${registry}/${provider}`,
      change: { actions: ['update'], before, after },
    })),
  });
  if (!document.ok) throw new Error(document.problems.join());
  return actsElsewhere(document.value, target);
}

function block(name: string, expressions: JsonObject, more: JsonObject = {}): JsonObject {
  return { name, full_name: `${registry}/${name}`, expressions, ...more };
}

describe('where a plan acts', () => {
  it('is the target where a block names it, by itself or by a variable, and where none does', () => {
    expect(
      found(azure, {
        providers: {
          azurerm: block('azurerm', { subscription_id: { constant_value: mine.toUpperCase() } }),
          'azurerm.hub': block('azurerm', { subscription_id: { references: ['var.hub'] } }),
          random: block('random', {}),
        },
        variables: { hub: { value: mine } },
        changes: [
          { address: 'azurerm_subnet.a', provider: 'azurerm', before: { id: `/subscriptions/${mine}/x` } },
          { address: 'random_id.a', provider: 'random', before: { id: `/subscriptions/${other}/x` } },
        ],
      }),
    ).toEqual({ elsewhere: [], unread: [] });
    expect(found(gcp, { providers: { google: block('google', {}) } })).toEqual({ elsewhere: [], unread: [] });
  });

  it('is elsewhere by a provider block, an aliased one and one of a module too', () => {
    const { elsewhere, unread } = found(gcp, {
      providers: {
        google: block('google', { project: { references: ['var.project'] } }),
        'google-beta.dns': block('google-beta', { project: { constant_value: 'shop-dns' } }),
        'module.a:google': block('google', { project: { constant_value: 'shop-a' } }, { module_address: 'module.a' }),
      },
      variables: { project: { value: 'shop-staging' } },
    });
    expect(elsewhere).toEqual([
      'The provider block google is for project shop-staging.',
      'The provider block google-beta.dns is for project shop-dns.',
      'The provider block module.a:google is for project shop-a.',
    ]);
    expect(unread).toEqual([]);
  });

  it('is not known where a block computes it', () => {
    const { elsewhere, unread } = found(gcp, {
      providers: {
        google: block('google', { project: { references: ['local.project'] } }),
        'google.named': block('google', { project: { references: ['var.company'] } }),
        'module.a:google': block(
          'google',
          { project: { references: ['var.project'] } },
          { module_address: 'module.a' },
        ),
      },
      variables: { company: { value: 'shop' }, project: { value: 'shop-prod' } },
    });
    expect(elsewhere).toEqual([]);
    expect(unread.map((sentence) => sentence.split(' ')[3])).toEqual(['google', 'google.named', 'module.a:google']);
  });

  it('is elsewhere by a resource that is, or will be, in another subscription, project or cloud', () => {
    expect(
      found(azure, {
        changes: [
          { address: 'azurerm_subnet.a', provider: 'azurerm', before: { id: `/subscriptions/${other}/x` } },
          { address: 'aws_vpc.a', provider: 'aws' },
        ],
      }).elsewhere,
    ).toEqual([`azurerm_subnet.a is in subscription ${other}.`, 'aws_vpc.a is in AWS.']);
    expect(
      found(gcp, {
        changes: [
          { address: 'google_dns_zone.a', provider: 'google', after: { project: 'shop-dns' } },
          { address: 'google_dns_zone.b', provider: 'google', after: { project: '123456' } },
        ],
      }).elsewhere,
    ).toEqual(['google_dns_zone.a is in project shop-dns.']);
  });

  it('is elsewhere by a state alone, for a step that waits', () => {
    const at = (project: string) => ({ provider_name: `${registry}/google`, mode: 'managed', values: { project } });
    const state = {
      values: {
        root_module: {
          resources: [{ address: 'google_x.a', type: 'google_x', ...at('shop-prod') }],
          child_modules: [{ resources: [{ address: 'module.m.google_x.b', type: 'google_x', ...at('shop-old') }] }],
        },
      },
    };
    expect(resourcesElsewhere(placedResources(state), gcp)).toEqual(['module.m.google_x.b is in project shop-old.']);
  });

  it('is left to AWS itself for AWS', () => {
    const aws: Target = { cloud: 'aws', account: '123456789012', region: 'eu-west-1' };
    const changes = [{ address: 'google_dns_zone.a', provider: 'google', after: { project: 'shop-dns' } }];
    expect(found(aws, { changes })).toEqual({ elsewhere: [], unread: [] });
  });
});
