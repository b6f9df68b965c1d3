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

/** The regions that are enabled for the session's account; none of another partition, whose accounts are others. */
export async function enabledRegions(
  session: AwsSession,
  askIn: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const ec2 = session.client(EC2Client, askIn);
  const { Regions } = await session
    .caller(askIn, signal)
    .call('ec2:DescribeRegions', (options) => ec2.send(new DescribeRegionsCommand({ AllRegions: false }), options));
  return listed(Regions, 'Regions')
    .filter(({ OptInStatus }) => OptInStatus !== 'not-opted-in')
    .flatMap(({ RegionName }) => (RegionName === undefined ? [] : [RegionName]))
    .filter((region) => partitionOfRegion(region).name === partitionOfRegion(askIn).name)
    .sort();
}
