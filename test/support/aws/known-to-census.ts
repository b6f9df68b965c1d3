import { censusTypes } from '#engine/discovery/providers/aws/census/config-types.ts';
import { explorerTypes } from '#engine/discovery/providers/aws/census/explorer-types.ts';
import type { CoverageCell } from '#shared/model/index.ts';
import type { Held } from './fake-config-service.ts';
import type { Indexed } from './fake-resource-explorer.ts';

type ListedCell = Pick<CoverageCell, 'scope' | 'region' | 'kind' | 'rows'>;

/** A type that Config records of every account and region: the network that the cloud makes by itself. */
export const vpcPerPlace = 'AWS::EC2::VPC';

/** What Config would hold of what was listed; in every region at least the default network's. */
export function heldOf(cells: readonly ListedCell[]): readonly Held[] {
  const rows = cells.flatMap(({ scope, region, kind, rows }) => {
    const types = rows === 0 ? [] : (censusTypes[kind as keyof typeof censusTypes]?.types ?? []);
    const place = { accountId: scope.replace('aws:account:', ''), awsRegion: region };
    return [vpcPerPlace, ...types].map((resourceType) => ({ ...place, resourceType }));
  });
  return [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()];
}

/** What Resource Explorer would have in its index of what was listed. */
export function indexedOf(cells: readonly ListedCell[]): readonly Indexed[] {
  return cells.flatMap(({ scope, region, kind, rows }) => {
    const types = explorerTypes[kind as keyof typeof explorerTypes] ?? [];
    const accountId = scope.replace('aws:account:', '');
    return types.flatMap((type) => Array.from({ length: rows }, () => ({ accountId, region, type })));
  });
}

/** Every type that Resource Explorer indexes of those that a census asks for. */
export const indexedTypes: readonly string[] = Object.values(explorerTypes).flat();
