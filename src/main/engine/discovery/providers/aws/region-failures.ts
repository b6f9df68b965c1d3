import type { CellFailure } from '../../step.ts';
import type { AwsAccount } from './access/accounts.ts';
import type { AccountRegions } from './access/regions.ts';
import { partitionOfRegion } from './partitions.ts';

type Named = Pick<AwsAccount, 'label' | 'partition'>;

/** Why a region of an account cannot be looked at; null when it can. */
export function regionFailure({ label, partition }: Named, region: string, known: AccountRegions): CellFailure | null {
  const { enabled, notOptedIn } = known;
  if (enabled.includes(region)) return null;
  const told = { permission: null, unreachable: false };
  if (notOptedIn.includes(region)) {
    const message = `${label}, ${region}: the region is not enabled for the account.`;
    return { ...told, status: 'disabled', message, remedy: { do: 'enable', what: region } };
  }
  if (partitionOfRegion(region).name !== partition) {
    const message = `${label}, ${region}: the region lies in another partition of AWS. Map it with an account of that partition.`;
    return { ...told, status: 'disabled', message };
  }
  const message = `${label}, ${region}: AWS has no region of this name. Check how it is written.`;
  return { ...told, status: 'failed', message };
}

/** The regions that are left out because the account has not opted in to them, by name; null when there are none. */
export function unvisitedRegions(
  { label }: Named,
  known: AccountRegions | null,
  visited: readonly { readonly region: string }[],
): CellFailure | null {
  const planned = new Set(visited.map(({ region }) => region));
  const left = (known?.notOptedIn ?? []).filter((region) => !planned.has(region));
  if (left.length === 0) return null;
  const message = `${label}: not enabled for the account, and so not looked at: ${left.join(', ')}.`;
  return { status: 'disabled', message, permission: null, unreachable: false };
}
