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
import { iamSteps, policyStep } from './iam/steps.ts';
import { kmsSteps } from './kms/steps.ts';
import { pubsubSteps } from './pubsub/steps.ts';
import { resourceManagerSteps } from './resource-manager/steps.ts';
import { runSteps } from './run/steps.ts';
import { secretsSteps } from './secrets/steps.ts';
import { spannerSteps } from './spanner/steps.ts';
import { sqlSteps } from './sql/steps.ts';
import { storageSteps } from './storage/steps.ts';

/** Every service whose bodies are read closely; a new one adds its list here. */
const resourceSteps: readonly GcpStep[] = [
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
const otherKind = 'gcp.other';

/** What no step reads closely still becomes resources, with their bodies. */
const otherStep: GcpStep = {
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

/** Everything that is listed, as data. */
export const allSteps: readonly GcpStep[] = [...resourceSteps, policyStep, otherStep];

const typesByName: ReadonlyMap<string, GcpType> = new Map(
  resourceSteps.flatMap(({ types }) => types.map((type) => [type.assetType, type] as const)),
);

/**
 * The steps that make at least one of the wanted kinds; without kinds all of them. A kind of Google Cloud that nobody
 * declared is among everything else.
 */
export function stepsFor(kinds: readonly string[]): {
  readonly bodies: readonly GcpStep[];
  readonly policies: readonly GcpStep[];
  readonly others: readonly GcpStep[];
} {
  return {
    bodies: resourceSteps.flatMap((step) => narrowed(step, kinds)),
    policies: narrowed(policyStep, kinds),
    others: kinds.some(isUndeclared) ? [otherStep] : narrowed(otherStep, kinds),
  };
}

function isUndeclared(kind: string): boolean {
  return kind.startsWith('gcp.') && !allSteps.some(({ declaration }) => declaration.kinds.includes(kind));
}

/** A step with the wanted kinds alone; nothing when it makes none of them. */
function narrowed({ declaration, types }: GcpStep, kinds: readonly string[]): readonly GcpStep[] {
  const isWanted = (kind: string): boolean => kinds.length === 0 || kinds.includes(kind);
  const wanted = declaration.kinds.filter(isWanted);
  if (wanted.length === 0) return [];
  return [
    {
      declaration: { ...declaration, kinds: wanted },
      types: types.filter(({ assetType }) => isWanted(kindOfType(assetType))),
    },
  ];
}

/** The ledger's kind for assets of a type. */
export function cellKindOf(assetType: string): string {
  return typesByName.has(assetType) ? kindOfType(assetType) : otherKind;
}

/**
 * Category and body of a type that is on nobody's list: `RegionUrlMap` reads like `UrlMap` and `NetworkFirewallPolicy`
 * like `FirewallPolicy`, everything else has nothing said about it.
 */
export function readingOf(assetType: string): Pick<GcpType, 'convert'> & { readonly category: Category } {
  const plain = assetType.replace(/\/(?:Region|Global)(?=[A-Z])/, '/').replace(/\/Network(?=FirewallPolicy$)/, '/');
  const known = typesByName.get(assetType) ?? typesByName.get(plain);
  return known ?? { category: 'other' };
}
