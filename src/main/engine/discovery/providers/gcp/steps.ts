import type { Category } from '#shared/model/index.ts';
import { type GcpType, kindOfType } from './assets/gcp-type.ts';
import { bigquerySteps } from './bigquery/steps.ts';
import { bigtableSteps } from './bigtable/steps.ts';
import { computeBalancingSteps } from './compute-balancing/steps.ts';
import { computeFirewallSteps } from './compute-firewall/steps.ts';
import { computeMachinesSteps } from './compute-machines/steps.ts';
import { computeNetworkSteps } from './compute-network/steps.ts';
import { containerSteps } from './container/steps.ts';
import { dnsSteps } from './dns/steps.ts';
import { functionsSteps } from './functions/steps.ts';
import { assetApi, type GcpStep, resourcePermission } from './gcp-step.ts';
import { iamSteps } from './iam/steps.ts';
import { kmsSteps } from './kms/steps.ts';
import { pubsubSteps } from './pubsub/steps.ts';
import { resourceManagerSteps } from './resource-manager/steps.ts';
import { runSteps } from './run/steps.ts';
import { secretsSteps } from './secrets/steps.ts';
import { spannerSteps } from './spanner/steps.ts';
import { sqlSteps } from './sql/steps.ts';
import { storageSteps } from './storage/steps.ts';

/** Every service whose bodies are read closely; a new one adds its list here. */
export const resourceSteps: readonly GcpStep[] = [
  ...resourceManagerSteps,
  ...computeNetworkSteps,
  ...computeFirewallSteps,
  ...computeMachinesSteps,
  ...computeBalancingSteps,
  ...containerSteps,
  ...runSteps,
  ...functionsSteps,
  ...sqlSteps,
  ...bigquerySteps,
  ...spannerSteps,
  ...bigtableSteps,
  ...storageSteps,
  ...pubsubSteps,
  ...kmsSteps,
  ...secretsSteps,
  ...dnsSteps,
  ...iamSteps,
];

/** The ledger's name for assets of all other types; the resources themselves keep their own kinds. */
export const otherKind = 'gcp.other';

/** What no step reads closely still becomes resources, with their bodies. */
export const otherStep: GcpStep = {
  declaration: {
    id: 'gcp.cloudasset.others',
    cloud: 'gcp',
    kinds: [otherKind],
    relationships: [],
    permissions: [resourcePermission],
    apis: [assetApi],
    global: false,
  },
  types: [],
};

const typesByName: ReadonlyMap<string, GcpType> = new Map(
  resourceSteps.flatMap(({ types }) => types.map((type) => [type.assetType, type] as const)),
);

/** Types that a step lists, by kind. */
export const typesByKind: ReadonlyMap<string, GcpType> = new Map(
  [...typesByName.values()].map((type) => [kindOfType(type.assetType), type]),
);

/** The type of an asset; null for what is on nobody's list. */
export function typeNamed(assetType: string): GcpType | null {
  return typesByName.get(assetType) ?? null;
}

/**
 * Category and body of a type that is on nobody's list: `RegionUrlMap` reads like `UrlMap`, everything else has
 * nothing said about it.
 */
export function readingOf(assetType: string): Pick<GcpType, 'convert'> & { readonly category: Category } {
  const known = typesByName.get(assetType) ?? typesByName.get(assetType.replace(/\/(?:Region|Global)(?=[A-Z])/, '/'));
  return known ?? { category: 'other' };
}
