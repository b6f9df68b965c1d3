import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { AppError } from '#shared/errors/index.ts';
import type { AwsSession } from '../calls/account-session.ts';
import { listed } from '../calls/aws-caller.ts';
import { partitionOfRegion } from '../partitions.ts';

const regionName = /^[a-z]{2,4}(-[a-z]+)+-\d+$/u;

/** Refuses names that cannot be regions before anything is asked. Throws `bad-input`. */
export function checkRegionNames(regions: readonly string[]): void {
  const wrong = regions.filter((region) => !regionName.test(region));
  if (wrong.length === 0) return;
  throw new AppError('bad-input', `${wrong.join(', ')}: not an AWS region.`, {
    advice: 'A region looks like eu-west-1.',
    details: { regions: wrong },
  });
}

/** The regions of a partition as one account sees them, by name. */
export interface AccountRegions {
  readonly enabled: readonly string[];
  /** Those that an account has to opt in to and this one has not. */
  readonly notOptedIn: readonly string[];
}

/** The regions of the session's partition; those of others are reached with their own accounts alone. */
export async function regionsOf(session: AwsSession, askIn: string, signal: AbortSignal): Promise<AccountRegions> {
  const ec2 = session.client(EC2Client, askIn);
  const { Regions } = await session
    .caller(askIn, signal)
    .call('ec2:DescribeRegions', (options) => ec2.send(new DescribeRegionsCommand({ AllRegions: true }), options));
  const reachable = listed(Regions, 'Regions').flatMap(({ RegionName: name, OptInStatus }) =>
    name === undefined || partitionOfRegion(name).name !== partitionOfRegion(askIn).name
      ? []
      : [{ name, optedIn: OptInStatus !== 'not-opted-in' }],
  );
  const named = (optedIn: boolean): readonly string[] =>
    reachable.flatMap((region) => (region.optedIn === optedIn ? [region.name] : [])).sort();
  return { enabled: named(true), notOptedIn: named(false) };
}
